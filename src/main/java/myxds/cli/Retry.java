package myxds.cli;

import com.google.gson.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code my-xds retry}: offers again what was refused. */
@Command(
    name = "retry",
    description = "Offers again what nodes refused: after what was wrong with them was mended.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:it is offered again",
      "1:nothing is refused",
      "2:wrong usage, or no daemon to ask"
    })
final class Retry implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AdminClient admin = new AdminClient();

  private static final int NOTHING_REFUSED = 1;

  @Option(names = "--group", paramLabel = "GROUP", description = "only to its nodes (to all)")
  private @Nullable String group;

  @Option(names = "--node", paramLabel = "ID", description = "only to this one (to all)")
  private @Nullable String node;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or json (table)")
  private Output output = Output.TABLE;

  @Override
  public Integer call() throws CannotRun, InterruptedException {
    var body = new JsonObject();
    body.addProperty("group", group);
    body.addProperty("node", node);
    var answer = admin.post("/api/v1/retry", body.toString());
    return switch (answer.statusCode()) {
      case 200 -> {
        show(answer.body());
        yield ExitCode.OK;
      }
      case 409 -> {
        spec.commandLine().getErr().println("my-xds: " + admin.detail(answer));
        yield NOTHING_REFUSED;
      }
      default -> throw admin.refused(answer);
    };
  }

  private void show(String json) throws CannotRun {
    var retried = admin.parsed(json, "retried").getAsJsonArray("retried");
    var out = spec.commandLine().getOut();
    switch (output) {
      case JSON -> out.print(json);
      case TABLE ->
          retried.forEach(
              id -> out.println(Lines.printable("offered again to node " + id.getAsString())));
    }
    out.flush();
  }
}
