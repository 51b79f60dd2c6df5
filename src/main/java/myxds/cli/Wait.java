package myxds.cli;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code my-xds wait}: until nodes run what is published. */
@Command(
    name = "wait",
    description = "Waits until nodes run what is published.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:so many do",
      "1:not in time",
      "2:wrong usage, or no daemon to ask",
      "4:a node refuses it"
    })
final class Wait implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AdminClient admin = new AdminClient();

  private static final int NOT_IN_TIME = 1;
  private static final int REFUSED = 4;

  /** What was saved a moment ago is not published yet: it has to stay so for a while. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofMillis(100);

  @Option(
      names = "--acked",
      paramLabel = "SHARE",
      description = "of the connected nodes (${DEFAULT-VALUE})",
      defaultValue = "100%",
      converter = Share.class)
  private double share = 1;

  @Option(names = "--group", paramLabel = "GROUP", description = "only its nodes (all)")
  private String group = "";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "how long at most (${DEFAULT-VALUE})",
      defaultValue = "60s",
      converter = TimeSpan.class)
  private Duration timeout = Duration.ZERO;

  @Override
  public Integer call() throws CannotRun, InterruptedException {
    long begun = System.nanoTime();
    long since = 0;
    while (true) {
      var page = admin.get("/api/v1/nodes?state=refusing&limit=1" + ofGroup(), "counts");
      var counts = page.getAsJsonObject("counts");
      if (Answers.number(counts, "refusing") > 0) {
        return refused(page);
      }
      long now = System.nanoTime();
      since = isEnough(counts) ? (since == 0 ? now : since) : 0;
      if (since != 0 && now - since >= SETTLED.toNanos()) {
        warn();
        spec.commandLine().getOut().println(Fleets.summary(counts));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
      }
      if (now - begun >= timeout.toNanos()) {
        spec.commandLine().getErr().println("my-xds: not in time: " + Fleets.summary(counts));
        return NOT_IN_TIME;
      }
      Thread.sleep(PAUSE);
    }
  }

  /**
   * Who waits for his files waits for something else than he thinks when they are not published.
   */
  private void warn() throws CannotRun, InterruptedException {
    Answers.objects(admin.get("/api/v1/groups", "groups"), "groups")
        .filter(one -> group.isEmpty() || group.equals(Answers.text(one, "name")))
        .filter(one -> !Answers.text(one, "state").equals("published"))
        .map(one ->
            "my-xds: group %s is %s: its files are not what is published"
                .formatted(Answers.text(one, "name"), Answers.text(one, "state")))
        .map(Lines::printable)
        .forEach(spec.commandLine().getErr()::println);
  }

  /** Of no nodes there is no share: somebody waits for them. */
  private boolean isEnough(JsonObject counts) {
    int all = Fleets.connected(counts);
    return all > 0 && Answers.number(counts, "in_sync") >= share * all;
  }

  private int refused(JsonObject page) {
    var err = spec.commandLine().getErr();
    err.println("my-xds: " + Fleets.summary(page.getAsJsonObject("counts")));
    Answers.objects(page, "nodes")
        .map(node -> NodeText.refusals(node))
        .forEach(lines -> lines.forEach(err::println));
    return REFUSED;
  }

  private String ofGroup() {
    return group.isEmpty() ? "" : "&group=" + AdminClient.encoded(group);
  }
}
