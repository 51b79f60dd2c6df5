package myxds.cli;

import com.google.gson.JsonObject;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code my-xds groups}: the groups and their versions. */
@Command(
    name = "groups",
    description = "Lists the groups: what each is served, and how its nodes stand.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {"0:they are listed", "2:wrong usage, or no daemon to ask"})
final class Groups implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AdminClient admin = new AdminClient();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or json (table)")
  private Output output = Output.TABLE;

  @Override
  public Integer call() throws CannotRun, InterruptedException {
    var answer = admin.get("/api/v1/groups", "groups");
    var out = spec.commandLine().getOut();
    switch (output) {
      case JSON -> out.println(answer);
      case TABLE -> table(answer).lines().forEach(out::println);
    }
    out.flush();
    return ExitCode.OK;
  }

  private Table table(JsonObject answer) {
    var table =
        new Table(
            Paint.of(spec.commandLine()),
            "GROUP",
            "STATE",
            "VERSION",
            "NODES",
            "IN SYNC",
            "REFUSING",
            "RESOURCES");
    Answers.objects(answer, "groups").forEach(group -> table.row(row(group)));
    return table;
  }

  private static String[] row(JsonObject group) {
    var types =
        group.getAsJsonObject("types").entrySet().stream()
            .map(type -> type.getKey() + " " + type.getValue().getAsJsonObject().get("count"))
            .collect(Collectors.joining(", "));
    return new String[] {
      Answers.text(group, "name"),
      Answers.text(group, "state"),
      Answers.version(group, "version"),
      Answers.text(group, "nodes"),
      Answers.text(group, "in_sync"),
      Answers.text(group, "refusing"),
      types
    };
  }
}
