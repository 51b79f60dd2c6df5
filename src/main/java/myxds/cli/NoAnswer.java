package myxds.cli;

import picocli.CommandLine.ExitCode;

/** The daemon does not answer now; it may later. */
final class NoAnswer extends CannotRun {
  private final boolean isThere;

  /**
   * @param isThere whether something accepts connections there
   */
  NoAnswer(String sentence, boolean isThere) {
    super(ExitCode.USAGE, sentence);
    this.isThere = isThere;
  }

  boolean isThere() {
    return isThere;
  }
}
