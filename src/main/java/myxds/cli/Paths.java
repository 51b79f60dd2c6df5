package myxds.cli;

import java.nio.file.Path;
import myxds.resource.Origin;
import myxds.resource.Problem;

/**
 * Files as they are found from where the command was typed.
 *
 * @param directory as it was typed
 */
record Paths(Path directory) {

  String file(Problem problem) {
    var file = directory.resolve(problem.origin().file()).normalize();
    var here = Path.of("").toAbsolutePath();
    boolean shorter = !directory.isAbsolute() && file.startsWith(here);
    return (shorter ? here.relativize(file) : file).toString();
  }

  /** A control character in a file's name must not end the line or move the cursor. */
  String place(Problem problem) {
    var origin = problem.origin();
    var file = file(problem).replaceAll("\\p{Cntrl}", "?");
    return new Origin(file, origin.line(), origin.column()).toString();
  }

  /** As a reference that is relative if the directory is: ASCII only, as RFC 3986 has it. */
  String uri(Problem problem) {
    var path = AdminClient.encoded(file(problem).replace('\\', '/')).replace("%2F", "/");
    return path.startsWith("/") ? "file://" + path : path;
  }
}
