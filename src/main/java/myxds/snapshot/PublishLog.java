package myxds.snapshot;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import myxds.resource.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log what became of each state; owned by the publisher's thread. */
public final class PublishLog implements PublishObserver {
  private static final Logger log = LoggerFactory.getLogger(PublishLog.class);

  /** A missing file can break a thousand resources; the API has them all. */
  private static final int MOST_LINES = 20;

  private Set<Problem> warned = Set.of();
  private @Nullable String trouble;

  @Override
  public void judged(String group, Outcome outcome) {
    switch (outcome) {
      case Outcome.Published published -> published(group, published);
      case Outcome.Unchanged() -> log.atDebug().addKeyValue("group", group).log("unchanged");
      case Outcome.Refused(List<Problem> problems) -> refused(group, problems);
      case Outcome.Held(var held) -> held(group, held);
    }
  }

  @Override
  public void restored(String group, GroupSnapshot snapshot) {
    log.atInfo()
        .addKeyValue("group", group)
        .addKeyValue("version", snapshot.version())
        .log("restored");
  }

  @Override
  public void unsaved(String group, String reason) {
    log.atWarn()
        .addKeyValue("group", group)
        .addKeyValue("reason", reason)
        .log(
            "could not keep the state for the next start; it is served, and saving is tried again");
  }

  @Override
  public void saved(String group) {
    log.atInfo().addKeyValue("group", group).log("kept the state for the next start");
  }

  @Override
  public void settled(PublishedState state) {
    if (state.trouble() != null && !state.trouble().equals(trouble)) {
      log.atWarn().addKeyValue("reason", state.trouble()).log("lost the configuration");
    } else if (state.trouble() == null && trouble != null) {
      log.atInfo().log("found the configuration again");
    }
    trouble = state.trouble();
    var warnings =
        Stream.concat(
                state.own().stream(),
                state.problems().stream().filter(problem -> !problem.isError()))
            .toList();
    var fresh = warnings.stream().filter(warning -> !warned.contains(warning)).toList();
    for (var warning : fresh.subList(0, Math.min(fresh.size(), MOST_LINES))) {
      log.atWarn()
          .addKeyValue("at", warning.origin())
          .addKeyValue("reason", warning.message())
          .log(warning.isError() ? "degraded" : "warned");
    }
    if (fresh.size() > MOST_LINES) {
      log.atWarn()
          .addKeyValue("reason", "%d more warnings".formatted(fresh.size() - MOST_LINES))
          .log("warned");
    }
    warned = Set.copyOf(warnings);
  }

  private static void published(String group, Outcome.Published published) {
    var line =
        log.atInfo()
            .addKeyValue("group", group)
            .addKeyValue("version", published.snapshot().version());
    for (var type : published.snapshot().types().entrySet()) {
      line = line.addKeyValue(type.getKey().plural(), type.getValue().size());
    }
    line.addKeyValue("in", published.took()).log("published");
  }

  private static void held(String group, GroupState.Held held) {
    var version = held.next().version();
    var line =
        log.atWarn()
            .addKeyValue("group", group)
            .addKeyValue("version", version)
            .addKeyValue("reason", held.cause().why());
    var approve = held.approval(group);
    switch (held.cause()) {
      case HoldCause.Guarded guarded -> line.addKeyValue("to-publish", approve).log("held");
      case HoldCause.RolledBack(var why, var nacks) -> {
        if (!nacks.isEmpty()) {
          var nack = nacks.getFirst();
          line = line.addKeyValue("node", nack.node());
          line = nack.what().origin() == null ? line : line.addKeyValue("at", nack.what().origin());
          line = line.addKeyValue("nacked", nack.what().reason());
        }
        line.addKeyValue("to-publish", approve).log("rolled back");
      }
    }
  }

  private static void refused(String group, List<Problem> problems) {
    var errors = problems.stream().filter(Problem::isError).toList();
    for (var error : errors.subList(0, Math.min(errors.size(), MOST_LINES))) {
      log.atWarn()
          .addKeyValue("group", group)
          .addKeyValue("at", error.origin())
          .addKeyValue("reason", error.message())
          .log("refused");
    }
    if (errors.size() > MOST_LINES) {
      log.atWarn()
          .addKeyValue("group", group)
          .addKeyValue("reason", "%d more errors".formatted(errors.size() - MOST_LINES))
          .log("refused");
    }
  }
}
