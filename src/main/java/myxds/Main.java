package myxds;

import myxds.cli.Commands;

/** Arguments to command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(
        Commands.run(Main.class, args, new Daemon(System.getenv(), System.out, System.err)));
  }
}
