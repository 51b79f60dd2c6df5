package myxds.cli;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import myxds.cli.Target.Standing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code my-xds wait}: until nodes run the files that were saved. */
@Command(
    name = "wait",
    description =
        "Waits until nodes run the files that are on disk, or says why they will not run them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the nodes run it",
      "1:not in time",
      "2:wrong usage, or no daemon answers",
      "4:a node NACKed it",
      "5:the daemon refused, held or rolled it back",
      "6:there is no such group"
    })
final class Wait implements Callable<Integer> {
  static final int NO_SUCH_GROUP = 6;

  private static final int NOT_IN_TIME = 1;
  private static final int NACKED = 4;
  private static final int NOT_PUBLISHED = 5;

  private static final Duration PAUSE = Duration.ofMillis(100);

  /** A NACK may be one of many that follow at once and lead to a rollback of the group. */
  private static final Duration ROLLBACK = Duration.ofSeconds(1);

  /** A daemon that does not answer at the start may be one that is being restarted. */
  private static final Duration RESTART = Duration.ofSeconds(10);

  private static final int MOST_NACKS = 20;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AdminClient admin = new AdminClient();

  @Option(
      names = "--acked",
      paramLabel = "SHARE",
      description = "of each group's nodes (${DEFAULT-VALUE})",
      defaultValue = "100%",
      converter = Share.class)
  private double share = 1;

  @Option(names = "--group", paramLabel = "GROUP", description = "only this one (all)")
  private String group = "";

  @ArgGroup private What what = new What();

  /** The options that select the target; the newest files by default. */
  static final class What {
    @Option(
        names = "--version",
        paramLabel = "VERSION",
        description = "until they run this version of the group")
    private @Nullable String version;

    /** Names the default; cannot be combined with a version. */
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--files", description = "until they run the newest files (the default)")
    private boolean files;
  }

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "and at least that many are connected (${DEFAULT-VALUE})",
      defaultValue = "1")
  private int nodes = 1;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "how long at most (${DEFAULT-VALUE})",
      defaultValue = "60s",
      converter = TimeSpan.class)
  private Duration timeout = Duration.ZERO;

  private long end;
  private @Nullable Long nackedSince;

  @Override
  public Integer call() throws CannotRun, InterruptedException {
    long start = System.nanoTime();
    end = start + timeout.toNanos();
    var target = new Target(what.version);
    boolean reached = false;
    boolean fresh = true;
    while (true) {
      try {
        var rollout = Rollout.of(admin.get(path(fresh), "groups", left()), group);
        reached = true;
        // A daemon that was started a moment ago has not read the files; a fresh answer has.
        fresh = !fresh && !rollout.trouble().isEmpty();
        var code = fresh ? null : verdict(rollout, target);
        if (code != null) {
          return code;
        }
      } catch (NoAnswer e) {
        reached |= e.isThere();
        long now = System.nanoTime();
        if (!reached && (now - end >= 0 || now - start >= RESTART.toNanos())) {
          throw e;
        }
        if (now - end >= 0) {
          return notInTime(e.getMessage());
        }
        fresh = true;
      }
      Thread.sleep(PAUSE);
    }
  }

  private static String path(boolean fresh) {
    return "/api/v1/groups" + (fresh ? "?fresh=true" : "");
  }

  /** Returns the time that is left, at least a second: an answer that is there is taken. */
  private Duration left() {
    return Duration.ofNanos(Math.max(end - System.nanoTime(), Duration.ofSeconds(1).toNanos()));
  }

  /** Returns the exit code; null while the nodes may still get there. */
  private @Nullable Integer verdict(Rollout rollout, Target target)
      throws CannotRun, InterruptedException {
    if (rollout.groups().isEmpty() && rollout.trouble().isEmpty()) {
      return noSuchGroup();
    }
    var standings = rollout.groups().stream().map(target::of).collect(Collectors.toSet());
    if (!rollout.trouble().isEmpty() || standings.contains(Standing.NOT_PUBLISHED)) {
      return notPublished(rollout);
    }
    var groups = rollout.groups();
    boolean isOpen = standings.contains(Standing.AWAITED) || rollout.nodes() < nodes;
    if (!isOpen && groups.stream().allMatch(one -> Rollout.reaches(one, share))) {
      return running(rollout);
    }
    if (groups.stream().noneMatch(one -> Rollout.fails(one, share))) {
      nackedSince = null;
    } else if (isSettled()) {
      return nacked(rollout);
    }
    return System.nanoTime() - end >= 0
        ? notInTime(target.instead(rollout) + needed(rollout) + rollout.summary())
        : null;
  }

  /** Returns whether a rollback would have happened by now: it has its own exit code. */
  private boolean isSettled() {
    long now = System.nanoTime();
    if (nackedSince == null) {
      nackedSince = now;
    }
    return now - nackedSince >= ROLLBACK.toNanos() || now - end >= 0;
  }

  private String needed(Rollout rollout) {
    return nodes > 1 && rollout.nodes() < nodes ? "%d nodes are needed: ".formatted(nodes) : "";
  }

  private int running(Rollout rollout) {
    spec.commandLine().getOut().println(rollout.summary());
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private int notInTime(String why) {
    return says(NOT_IN_TIME, List.of("my-xds: not in time: " + why));
  }

  private int notPublished(Rollout rollout) throws CannotRun, InterruptedException {
    var reasons = Reasons.of(rollout, admin);
    return says(NOT_PUBLISHED, reasons.stream().map(Wait::marked).toList());
  }

  private static String marked(String line) {
    return line.startsWith(" ") ? line : "my-xds: " + line;
  }

  private int nacked(Rollout rollout) throws CannotRun, InterruptedException {
    says(NACKED, List.of("my-xds: " + rollout.summary()));
    for (var one : rollout.groups()) {
      if (Rollout.fails(one, share)) {
        says(NACKED, refusals(Answers.text(one, "name")));
      }
    }
    return NACKED;
  }

  private List<String> refusals(String name) throws CannotRun, InterruptedException {
    var path =
        "/api/v1/nodes?state=refusing&limit=%d&group=%s"
            .formatted(MOST_NACKS, AdminClient.encoded(name));
    return Answers.objects(admin.get(path, "nodes"), "nodes")
        .flatMap(node -> NodeText.refusals(node).stream())
        .toList();
  }

  private int noSuchGroup() throws CannotRun, InterruptedException {
    return says(NO_SUCH_GROUP, List.of("my-xds: " + noSuchGroup(group, admin)));
  }

  /** Returns the sentence for a group that does not exist; it names the groups that do. */
  static String noSuchGroup(String group, AdminClient admin)
      throws CannotRun, InterruptedException {
    var names =
        Answers.objects(admin.get("/api/v1/groups", "groups"), "groups")
            .map((JsonObject one) -> Answers.text(one, "name"))
            .collect(Collectors.joining(", "));
    var what = group.isEmpty() ? "no group" : "no group \"%s\"".formatted(group);
    return Lines.printable(names.isEmpty() ? what : "%s (there are: %s)".formatted(what, names));
  }

  private int says(int code, List<String> lines) {
    var err = spec.commandLine().getErr();
    lines.stream().map(Lines::printable).forEach(err::println);
    err.flush();
    return code;
  }
}
