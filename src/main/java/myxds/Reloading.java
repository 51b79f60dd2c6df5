package myxds;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import myxds.admin.Reloaded;
import myxds.settings.Reading.Accepted;
import myxds.snapshot.PublishedState;
import myxds.snapshot.Publisher;
import myxds.source.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rereads the settings and the source on request.
 *
 * @param regrouping called after a change of the settings, which may move nodes to other groups
 */
record Reloading(LiveSettings settings, Source source, Publisher publisher, Runnable regrouping) {
  private static final Logger log = LoggerFactory.getLogger(Reloading.class);

  /** Rereads the settings file; changed checks apply from the next judgement on. */
  List<Reloaded.Change> rereadSettings() {
    var changed = settings.reread();
    if (!changed.isEmpty()) {
      regrouping.run();
    }
    return changed;
  }

  /** Rereads the source only; completes when its files were judged. Never blocks. */
  CompletableFuture<PublishedState> judged() {
    return source.reread().thenCompose(read -> publisher.judged());
  }

  /** Rereads settings and source; completes when the files were judged. Never blocks. */
  CompletableFuture<Reloaded> reload() {
    var before = settings.inEffect();
    var served = publisher.state();
    return source
        .reread()
        .thenCompose(read -> {
          // If no file changed, the source does not report anything.
          rereadSettings();
          publisher.recheck();
          return publisher.judged();
        })
        .thenApply(state -> logged(result(before, served, state)));
  }

  /** Rereads settings and source, and logs it if that fails. Never blocks. */
  void reloadAndLog() {
    var unused =
        reload()
            .whenComplete((reloaded, failure) -> {
              if (failure != null) {
                log.atWarn().addKeyValue("reason", failure.toString()).log("could not reload");
              }
            });
  }

  private Reloaded result(Accepted before, PublishedState served, PublishedState state) {
    return new Reloaded(
        settings.changesSince(before), settings.waiting(), settings.problems(), served, state);
  }

  private static Reloaded logged(Reloaded reloaded) {
    log.atInfo()
        .addKeyValue("changed", keys(reloaded.changed()))
        .addKeyValue("need-restart", keys(reloaded.needRestart()))
        .addKeyValue("faults", reloaded.problems().stream().filter(one -> one.isError()).count())
        .log("reloaded");
    return reloaded;
  }

  private static List<String> keys(List<Reloaded.Change> changes) {
    return changes.stream().map(Reloaded.Change::key).toList();
  }
}
