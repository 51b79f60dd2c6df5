package myxds.cli;

import com.google.gson.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code my-xds approve}: publishes what the guard holds. */
@Command(
    name = "approve",
    description = "Publishes a state that the running daemon holds: a mass removal.",
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:it is published",
      "1:nothing is held, or another version is",
      "2:wrong usage, or no daemon to ask"
    })
final class Approve implements Callable<Integer> {
  private static final int PUBLISHED = 0;
  private static final int NOTHING_HELD = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "whose state (every group's that is held)")
  private @Nullable String group;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "the version that was looked at; no other is published (any)")
  private @Nullable String version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Mixin private AdminClient admin = new AdminClient();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or json (table)")
  private Output output = Output.TABLE;

  @Override
  public Integer call() throws CannotRun, InterruptedException {
    var answer = admin.post("/api/v1/approve", body());
    return switch (answer.statusCode()) {
      case 200 -> {
        show(answer.body());
        yield PUBLISHED;
      }
      case 409 -> {
        spec.commandLine().getErr().println("my-xds: " + admin.detail(answer));
        yield NOTHING_HELD;
      }
      default -> throw admin.refused(answer);
    };
  }

  private String body() {
    var body = new JsonObject();
    body.addProperty("group", group);
    body.addProperty("version", version);
    return body.toString();
  }

  private void show(String json) throws CannotRun {
    var approved = admin.parsed(json, "approved").getAsJsonArray("approved");
    var out = spec.commandLine().getOut();
    switch (output) {
      case JSON -> out.print(json);
      case TABLE ->
          approved.forEach(element -> {
            var one = element.getAsJsonObject();
            out.println(
                Lines.printable(
                    "published group %s version %s"
                        .formatted(
                            one.get("group").getAsString(), one.get("version").getAsString())));
          });
    }
    out.flush();
  }
}
