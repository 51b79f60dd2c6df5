package myxds;

import myxds.cli.Commands;

/** Arguments to command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    var daemon = Daemon.ofProcess();
    var parts = new Commands.Parts(daemon, new CheckRun(System.getenv()), new WatchRun());
    System.exit(Commands.run(Main.class, args, parts));
  }
}
