package myxds.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code my-xds status}: the fleet at one moment. */
@Command(
    name = "status",
    description = "Shows the fleet: what each node runs, and who refuses what, and why.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:every connected node runs what is published",
      "1:not every one",
      "2:wrong usage, or no daemon to ask"
    })
final class Status implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AdminClient admin = new AdminClient();

  private static final int NOT_IN_SYNC = 1;

  /** The worst first: who reads from the top sees what to look at. */
  private static final List<String> STATES =
      List.of("refusing", "behind", "unmatched", "in_sync", "gone");

  private static final int SHOWN = 100;

  @Option(names = "--node", paramLabel = "ID", description = "only this one, type by type (all)")
  private String node = "";

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "with --node: the one of this address, if several Envoys share the id")
  private String address = "";

  @Option(names = "--group", paramLabel = "GROUP", description = "only its nodes (all)")
  private String group = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or json (table)")
  private Output output = Output.TABLE;

  @Override
  public Integer call() throws CannotRun, InterruptedException {
    return node.isEmpty() ? fleet() : one();
  }

  private int one() throws CannotRun, InterruptedException {
    var from = address.isEmpty() ? "" : "?address=" + AdminClient.encoded(address);
    var answer = admin.get("/api/v1/nodes/" + AdminClient.encoded(node) + from, "types");
    var out = spec.commandLine().getOut();
    switch (output) {
      case JSON -> out.println(answer);
      case TABLE -> {
        NodeText.of(answer, Paint.of(spec.commandLine())).forEach(out::println);
        table(answer, "others").forEach(out::println);
      }
    }
    out.flush();
    return Answers.text(answer, "state").equals("in_sync") ? ExitCode.OK : NOT_IN_SYNC;
  }

  private int fleet() throws CannotRun, InterruptedException {
    var out = spec.commandLine().getOut();
    var answer = output == Output.JSON ? all() : worst();
    switch (output) {
      case JSON -> out.println(answer);
      case TABLE -> show(answer, out);
    }
    out.flush();
    return isInSync(answer.getAsJsonObject("counts")) ? ExitCode.OK : NOT_IN_SYNC;
  }

  private JsonObject all() throws CannotRun, InterruptedException {
    var nodes = new JsonArray();
    var after = "";
    while (true) {
      var page = admin.get("/api/v1/nodes?limit=1000" + ofGroup() + after, "nodes");
      nodes.addAll(page.getAsJsonArray("nodes"));
      if (page.get("next").isJsonNull()) {
        page.add("nodes", nodes);
        return page;
      }
      after = "&after=" + AdminClient.encoded(Answers.text(page, "next"));
    }
  }

  private JsonObject worst() throws CannotRun, InterruptedException {
    var answer = new JsonObject();
    var nodes = new JsonArray();
    for (var state : STATES) {
      int room = SHOWN - nodes.size();
      int limit = Math.max(1, room);
      var page = admin.get("/api/v1/nodes?state=" + state + "&limit=" + limit + ofGroup(), "nodes");
      if (room > 0) {
        nodes.addAll(page.getAsJsonArray("nodes"));
      }
      answer.add("counts", page.get("counts"));
    }
    answer.add("nodes", nodes);
    return answer;
  }

  private String ofGroup() {
    return group.isEmpty() ? "" : "&group=" + AdminClient.encoded(group);
  }

  private void show(JsonObject answer, PrintWriter out) {
    var counts = answer.getAsJsonObject("counts");
    out.println(Fleets.all(counts));
    table(answer, "nodes").forEach(out::println);
    Fleets.sharedIds(answer).forEach(out::println);
    int more =
        Fleets.connected(counts) + Fleets.gone(counts) - answer.getAsJsonArray("nodes").size();
    if (more > 0) {
      out.println("and %d more (-o json and the API give them in pages)".formatted(more));
    }
  }

  private List<String> table(JsonObject answer, String key) {
    boolean isShared = Answers.objects(answer, key).anyMatch(Fleets::isShared);
    var table = new Table(Paint.of(spec.commandLine()), Fleets.head(isShared));
    Answers.objects(answer, key).forEach(one -> table.row(Fleets.row(one, isShared)));
    return table.isEmpty() ? List.of() : table.lines();
  }

  private static boolean isInSync(JsonObject counts) {
    return Answers.number(counts, "in_sync") == Fleets.connected(counts);
  }
}
