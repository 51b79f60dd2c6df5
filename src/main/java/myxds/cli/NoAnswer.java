package myxds.cli;

import picocli.CommandLine.ExitCode;

/** The daemon does not answer now; it may later. */
final class NoAnswer extends CannotRun {
  NoAnswer(String sentence) {
    super(ExitCode.USAGE, sentence);
  }
}
