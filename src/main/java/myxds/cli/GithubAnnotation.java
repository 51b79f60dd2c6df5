package myxds.cli;

import java.util.ArrayList;
import myxds.resource.Problem;

/** A workflow command that makes GitHub show a problem beside its line. */
final class GithubAnnotation {
  private GithubAnnotation() {}

  /** {@code ::error file=…,line=…,col=…::message}. */
  static String of(Problem problem, Paths paths) {
    var origin = problem.origin();
    var properties = new ArrayList<String>();
    properties.add("file=" + property(paths.file(problem)));
    if (origin.line() > 0) {
      properties.add("line=" + origin.line());
    }
    if (origin.column() > 0) {
      properties.add("col=" + origin.column());
    }
    return "::%s %s::%s"
        .formatted(
            problem.severity().word(), String.join(",", properties), data(problem.message()));
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
