package myxds.cli;

/** The daemon, as the commands that run it see it. */
public interface Serving {

  /**
   * Runs the daemon in the calling thread until that thread is interrupted, which is how {@link
   * Commands} passes SIGTERM and Ctrl-C on; it installs no shutdown hook of its own, since that
   * would race with the commands'.
   *
   * @return the exit code: 0 after a clean stop, 2 for wrong settings, 3 if a port is taken
   */
  int serve(ServeRequest request);
}
