package myxds.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code my-xds reload}: rereads the settings and the files. */
@Command(
    name = "reload",
    description =
        "Rereads the settings and the files at once; prints what changed and needs a restart.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the settings are valid: they are in effect, or need a restart",
      "1:the settings are invalid, or the files cannot be read; what is in effect stays",
      "2:wrong usage, or no daemon to ask"
    })
final class Reload implements Callable<Integer> {
  private static final int REFUSED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AdminClient admin = new AdminClient();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or json (table)")
  private Output output = Output.TABLE;

  @Override
  public Integer call() throws CannotRun, InterruptedException {
    var answer = admin.post("/api/v1/reload", "");
    return switch (answer.statusCode()) {
      case 200 -> show(answer.body());
      case 422 -> refused(admin.parsed(answer.body(), "problems"));
      default -> throw admin.refused(answer);
    };
  }

  private int refused(JsonObject answer) {
    var err = spec.commandLine().getErr();
    answer
        .getAsJsonArray("problems")
        .forEach(one -> err.println(Lines.printable(problem(one.getAsJsonObject()))));
    err.flush();
    return REFUSED;
  }

  private static String problem(JsonObject problem) {
    var text = new StringBuilder();
    for (var part : new String[] {"file", "line", "column"}) {
      if (!problem.get(part).isJsonNull()) {
        text.append(problem.get(part).getAsString()).append(':');
      }
    }
    return text.append(' ')
        .append(Answers.text(problem, "severity"))
        .append(": ")
        .append(Answers.text(problem, "message"))
        .toString();
  }

  private int show(String json) throws CannotRun {
    var answer = admin.parsed(json, "changed");
    var out = spec.commandLine().getOut();
    switch (output) {
      case JSON -> out.print(json);
      case TABLE -> table(answer).forEach(line -> out.println(Lines.printable(line)));
    }
    out.flush();
    return Answers.text(answer, "trouble").isEmpty() ? ExitCode.OK : REFUSED;
  }

  private static List<String> table(JsonObject answer) {
    var lines = new ArrayList<String>();
    answer.getAsJsonArray("changed").forEach(one -> lines.add("changed: " + change(one)));
    answer
        .getAsJsonArray("need_restart")
        .forEach(one -> lines.add("needs a restart: " + change(one)));
    var trouble = Answers.text(answer, "trouble");
    if (!trouble.isEmpty()) {
      lines.add("the files cannot be read: " + trouble);
    }
    for (var element : answer.getAsJsonArray("groups")) {
      group(element.getAsJsonObject()).ifPresent(lines::add);
    }
    return lines.isEmpty() ? List.of("nothing changed") : lines;
  }

  /** Describes a group that is served another version than before, or not its newest files. */
  private static Optional<String> group(JsonObject group) {
    var name = Answers.text(group, "name");
    var state = Answers.text(group, "state");
    if (!state.equals("published")) {
      return Optional.of("group %s is %s (see /api/v1/problems)".formatted(name, state));
    }
    return group.get("changed").getAsBoolean()
        ? Optional.of(
            "published group %s version %s".formatted(name, Answers.text(group, "version")))
        : Optional.empty();
  }

  private static String change(JsonElement element) {
    var change = element.getAsJsonObject();
    return "%s from %s to %s"
        .formatted(
            Answers.text(change, "key"), Answers.text(change, "from"), Answers.text(change, "to"));
  }
}
