package myxds.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.source.file.FileSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code my-xds diff}: what publishing a directory would change. */
@Command(
    name = "diff",
    description = "Shows what publishing DIR would change on the running daemon.",
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:nothing would change",
      "1:something would change",
      "2:wrong usage, files that would be refused, or no daemon to ask"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class Diff implements Callable<Integer> {
  private static final int SAME = 0;
  private static final int DIFFERS = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "the configuration directory (${DEFAULT-VALUE})",
      defaultValue = "config")
  private Path directory = Path.of("config");

  @Mixin private AdminClient admin = new AdminClient();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or json (table)")
  private Output output = Output.TABLE;

  @Override
  public Integer call() throws CannotRun, InterruptedException {
    var answer = admin.post("/api/v1/diff", body(read()));
    return switch (answer.statusCode()) {
      case 200 -> show(answer.body());
      case 422 -> throw refused(answer);
      default -> throw admin.refused(answer);
    };
  }

  private Documents read() throws CannotRun {
    try {
      var documents = FileSource.read(directory);
      documents.unreadable().forEach(problem -> err().println(Lines.printable(problem.toString())));
      if (documents.unreadable().stream().anyMatch(Problem::isError)) {
        throw new CannotRun(ExitCode.USAGE, directory + " cannot be read as a whole");
      }
      return documents;
    } catch (IOException e) {
      throw new CannotRun(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static String body(Documents documents) {
    var files = new JsonObject();
    documents.documents().forEach(document -> files.addProperty(document.path(), document.text()));
    var body = new JsonObject();
    body.add("files", files);
    return body.toString();
  }

  private int show(String json) throws CannotRun {
    var answer = admin.parsed(json, "groups");
    var out = spec.commandLine().getOut();
    switch (output) {
      case JSON -> out.print(json);
      case TABLE -> new DiffText(answer).lines().forEach(out::println);
    }
    out.flush();
    return DiffText.changes(answer) == 0 ? SAME : DIFFERS;
  }

  private CannotRun refused(HttpResponse<String> answer) throws CannotRun {
    var problem = admin.parsed(answer.body(), "problems");
    problem
        .getAsJsonArray("problems")
        .forEach(one -> err().println(Lines.ofProblem(one.getAsJsonObject())));
    return new CannotRun(ExitCode.USAGE, problem.get("detail").getAsString());
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
