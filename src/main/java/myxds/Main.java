package myxds;

/** Arguments to command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
