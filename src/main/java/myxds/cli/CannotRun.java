package myxds.cli;

/** Ends a command with a sentence for the person who typed it. */
class CannotRun extends Exception {
  /** Something that the command needs cannot be had: a port, a program. */
  static final int MISSING = 3;

  private final int exitCode;
  private final String sentence;

  CannotRun(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }

  int exitCode() {
    return exitCode;
  }
}
