package myxds.peer;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import myxds.TestDaemon;
import myxds.diff.Effect;
import myxds.peer.ListenerEdits.Edit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real Envoy does about an edit of a listener is what {@code diff} says that it does. */
final class ListenerEffectTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String MODIFIED = "listener_modified";
  private static final String IN_PLACE = "listener_in_place_updated";
  private static final String DRAINING = "total_listeners_draining";
  private static final String CHAINS_DRAINING = "total_filter_chains_draining";
  private static final List<String> FIGURES =
      List.of(
          "listener_added",
          MODIFIED,
          "listener_removed",
          IN_PLACE,
          DRAINING,
          CHAINS_DRAINING,
          "lds.update_rejected");

  @TempDir Path folder;
  private final int port = TestDaemon.freePort();
  private ConfigFolder config;

  @Test
  void editsEveryField() {
    var edited = ListenerEdits.all().stream().map(Edit::field);

    var known = Stream.concat(edited, ListenerEdits.LEFT_OUT.keySet().stream()).toList();

    assertThat(Listener.getDescriptor().getFields())
        .allSatisfy(field -> assertThat(known).contains(field.getName()));
  }

  @ParameterizedTest
  @EnumSource(names = {"ADS_SOTW", "ADS_DELTA"})
  void isAsForetold(Protocol protocol) throws Exception {
    config = ConfigFolder.in(folder);
    config.write("other", Resources.listener(TestDaemon.freePort(), protocol));
    config.write("route", Resources.route("/"));
    var surprises = new ArrayList<String>();

    try (var daemon = TestDaemon.ready(config.root(), Map.of("gate.references", "warning"));
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon), folder)) {
      await().atMost(SOON).until(envoy::isLive);
      for (var edit : ListenerEdits.all()) {
        var before = ListenerEdits.listener(edit.before(), port);
        var after = ListenerEdits.listener(edit.after(), port);
        assertThat(deliver(before, envoy)).containsEntry("listener_added", 1L);
        var foretold = expected(Foretold.effect(before, after));
        var seen = deliver(after, envoy);
        if (!seen.equals(foretold)) {
          surprises.add("%s: %s instead of %s".formatted(edit.name(), seen, foretold));
        }
        remove(envoy, expected(Foretold.effect(after, "")));
      }
    }

    report(protocol);
    assertThat(surprises).isEmpty();
  }

  /** How the figures move once Envoy has taken it, or not. */
  private Map<String, Long> deliver(String listener, RealEnvoy envoy) throws Exception {
    long told = told(envoy);
    var before = figures(envoy);
    config.write("listener", listener);
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            told(envoy) > told && envoy.stat("listener_manager.total_listeners_warming") == 0);
    return Foretold.moved(before, figures(envoy));
  }

  /** After a refusal the answer that takes it back may still be on its way: it moves nothing. */
  private void remove(RealEnvoy envoy, Map<String, Long> expected) throws Exception {
    var before = figures(envoy);
    config.write("listener", "resources: []");
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> assertThat(Foretold.moved(before, figures(envoy))).isEqualTo(expected));
  }

  private static long told(RealEnvoy envoy) throws Exception {
    return envoy.stat("listener_manager.lds.update_success")
        + envoy.stat("listener_manager.lds.update_rejected");
  }

  private static Map<String, Long> figures(RealEnvoy envoy) throws Exception {
    var figures = new TreeMap<String, Long>();
    for (var name : FIGURES) {
      figures.put(name, envoy.stat("listener_manager." + name));
    }
    return figures;
  }

  /** How they move by Envoy's own rules. */
  private static Map<String, Long> expected(Effect effect) {
    return switch (effect.kind()) {
      case REFUSED -> Map.of("lds.update_rejected", 1L);
      case DRAINS ->
          effect.detail().startsWith("stops")
              ? Map.of("listener_removed", 1L, DRAINING, 1L)
              : Map.of(MODIFIED, 1L, DRAINING, 1L);
      case IN_PLACE ->
          effect.detail().endsWith("no connection drains")
              ? Map.of(MODIFIED, 1L, IN_PLACE, 1L)
              : Map.of(MODIFIED, 1L, IN_PLACE, 1L, CHAINS_DRAINING, 1L);
      case WARMS, ROTATES, WAITS, KEPT, DROPPED, NONE, UNKNOWN ->
          throw new AssertionError("no effect of an edit of a listener: " + effect);
    };
  }

  private void report(Protocol protocol) {
    var byEffect =
        ListenerEdits.all().stream()
            .collect(
                groupingBy(
                    edit ->
                        Foretold.effect(
                                ListenerEdits.listener(edit.before(), port),
                                ListenerEdits.listener(edit.after(), port))
                            .kind(),
                    TreeMap::new,
                    mapping(Edit::name, toList())));
    byEffect.forEach((effect, edits) ->
        System.out.println(
            "listener edits, %s, %s: %s"
                .formatted(protocol.label(), effect.word(), String.join("; ", edits))));
  }
}
