package myxds;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import myxds.admin.Reloaded;
import myxds.snapshot.PublishedState;
import myxds.snapshot.Publisher;
import myxds.source.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the settings and the source when somebody asks for it.
 *
 * @param regrouping called after a change, which may have moved nodes to other groups
 */
record Reloading(LiveSettings settings, Source source, Publisher publisher, Runnable regrouping) {
  private static final Logger log = LoggerFactory.getLogger(Reloading.class);

  /** Takes over what the settings file says now; what changed takes effect with the next state. */
  List<Reloaded.Change> rereadSettings() {
    var changed = settings.reread();
    if (!changed.isEmpty()) {
      regrouping.run();
    }
    return changed;
  }

  /** Reads everything now; completes when it was judged. */
  CompletableFuture<Reloaded> reload() {
    var before = settings.inEffect();
    return source
        .reread()
        .thenCompose(read -> {
          // The files may be the same: then nobody has told of settings that changed.
          rereadSettings();
          publisher.recheck();
          return publisher.judged();
        })
        .thenApply(state -> told(settings.changesSince(before), state));
  }

  private Reloaded told(List<Reloaded.Change> changed, PublishedState state) {
    var reloaded = new Reloaded(changed, settings.waiting(), settings.problems(), state);
    log.atInfo()
        .addKeyValue("changed", keys(changed))
        .addKeyValue("need-restart", keys(reloaded.needRestart()))
        .addKeyValue("faults", reloaded.problems().stream().filter(one -> one.isError()).count())
        .log("reloaded");
    return reloaded;
  }

  private static List<String> keys(List<Reloaded.Change> changes) {
    return changes.stream().map(Reloaded.Change::key).toList();
  }
}
