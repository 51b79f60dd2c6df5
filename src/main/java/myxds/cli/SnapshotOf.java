package myxds.cli;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code my-xds snapshot}: what a node is served. */
@Command(
    name = "snapshot",
    description = "Shows what a node is served, or would be.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:it is shown",
      "2:wrong usage, no daemon to ask, or the node is served nothing"
    })
final class SnapshotOf implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AdminClient admin = new AdminClient();

  @Option(names = "--node", paramLabel = "ID", required = true, description = "the node's id")
  private String node = "";

  @Option(
      names = "--cluster",
      paramLabel = "CLUSTER",
      description = "the node's cluster, if it is not connected (none)")
  private String cluster = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or json (table)")
  private Output output = Output.TABLE;

  @Override
  public Integer call() throws CannotRun, InterruptedException {
    var asked = new JsonObject();
    asked.addProperty("id", node);
    if (!cluster.isEmpty()) {
      asked.addProperty("cluster", cluster);
    }
    var answer = admin.post("/api/v1/snapshot", asked.toString());
    if (answer.statusCode() != 200) {
      throw admin.refused(answer);
    }
    var parsed = admin.parsed(answer.body(), "types");
    var out = spec.commandLine().getOut();
    switch (output) {
      case JSON -> out.print(answer.body());
      case TABLE -> show(parsed, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private static void show(JsonObject snapshot, PrintWriter out) {
    out.println(
        Lines.printable(
            "node %s of group %s is served version %s"
                .formatted(
                    Answers.text(snapshot, "node"),
                    Answers.text(snapshot, "group"),
                    Answers.text(snapshot, "version"))));
    var table = new Table(word -> word, "TYPE", "NAME", "VERSION", "WRITTEN AT");
    snapshot
        .getAsJsonObject("types")
        .asMap()
        .forEach((type, content) ->
            Answers.objects(content.getAsJsonObject(), "resources")
                .forEach(one ->
                    table.row(
                        type,
                        Answers.text(one, "name"),
                        Answers.version(one, "version"),
                        Answers.text(one, "origin"))));
    table.lines().forEach(out::println);
  }
}
