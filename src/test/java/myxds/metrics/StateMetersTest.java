package myxds.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.Outcome;
import myxds.snapshot.PublishedState;
import org.junit.jupiter.api.Test;

final class StateMetersTest {
  private final Metered world = new Metered();

  @Test
  void tellsOnlyTheVersionThatIsServedNow() {
    var old = Metered.clusters("a");
    var served = Metered.clusters("a", "b");

    world.metrics.settled(Metered.serving(old));
    world.metrics.settled(Metered.serving(served));

    assertThat(world.metrics.text())
        .contains("myxds_published_info{group=\"edge\",version=\"" + served.version() + "\"} 1.0\n")
        .contains("myxds_resources{group=\"edge\",type=\"clusters\"} 2.0\n")
        .doesNotContain(old.version());
  }

  @Test
  void countsProblemsBySeverity() {
    var place = Origin.of("edge/a.yaml");
    var problems =
        List.of(
            Problem.error(place, "bad"), Problem.warning(place, "odd"), Problem.error(place, "no"));

    world.metrics.settled(new PublishedState(Map.of(), problems, false, null));

    assertThat(world.metrics.text())
        .contains("myxds_problems{severity=\"error\"} 2.0\n")
        .contains("myxds_problems{severity=\"warning\"} 1.0\n");
  }

  @Test
  void isReadyWhenAStateIsServedAndThePortsAccept() {
    assertThat(world.metrics.text()).contains("myxds_ready 0.0\n");

    world.metrics.settled(Metered.serving(Metered.clusters("a")));
    assertThat(world.metrics.text()).contains("myxds_ready 1.0\n");

    world.accepting = false;
    assertThat(world.metrics.text()).contains("myxds_ready 0.0\n");
  }

  @Test
  void countsNodesByGroupAndState() {
    world.metrics.settled(Metered.serving(Metered.clusters("a")));
    world.fleet.judged("edge", new Outcome.Published(Metered.clusters("a"), Duration.ZERO));
    for (int i = 0; i < 3; i++) {
      connect("edge-" + i, "edge");
    }
    for (int i = 0; i < 1000; i++) {
      connect("made-up-" + i, "made-up-" + i);
    }

    assertThat(world.metrics.text())
        .contains("myxds_nodes{group=\"edge\",state=\"behind\"} 3.0\n")
        .contains("myxds_nodes{group=\"edge\",state=\"refusing\"} 0.0\n")
        .contains("myxds_nodes{group=\"\",state=\"unmatched\"} 1000.0\n")
        .contains("myxds_missing_names{group=\"edge\"} 1.0\n")
        .doesNotContain("made-up");
  }

  private void connect(String id, String cluster) {
    var node = Node.newBuilder().setId(id).setCluster(cluster).build();
    var stream =
        new XdsStream(id.hashCode(), Transport.ADS_DELTA, "127.0.0.1:1", Metered.NOON, node, 0);
    var names = List.of("a", "none");
    world.fleet.requested(stream, new Asked(ResourceType.CLUSTER, "", "", names));
    world.fleet.moved(
        stream,
        new myxds.discovery.engine.Standing(ResourceType.CLUSTER, names, "", "", false, ""));
  }

  @Test
  void tellsHowGroupsStand() {
    world.metrics.settled(Metered.serving(Metered.clusters("a")));

    assertThat(world.metrics.text())
        .contains("myxds_group_state{group=\"edge\",state=\"published\"} 1.0\n")
        .contains("myxds_group_state{group=\"edge\",state=\"refused\"} 0.0\n");
  }

  @Test
  void tellsWhetherTheSourceCanBeRead() {
    assertThat(world.metrics.text()).contains("myxds_source_readable 0.0\n");

    world.metrics.settled(Metered.serving(Metered.clusters("a")));
    assertThat(world.metrics.text()).contains("myxds_source_readable 1.0\n");

    world.metrics.settled(new PublishedState(Map.of(), List.of(), true, "no such directory"));
    assertThat(world.metrics.text()).contains("myxds_source_readable 0.0\n");
  }

  @Test
  void tellsWhatWaits() {
    world.statesWaiting = 1;
    world.outbound = 70;

    assertThat(world.metrics.text())
        .contains("myxds_states_waiting 1.0\n")
        .contains("myxds_outbound_waiting_bytes 70.0\n")
        .contains("myxds_outbound_limit_bytes 1000.0\n");
  }

  @Test
  void tellsWhenTheFirstCertificateOfAGroupEnds() {
    world.metrics.settled(Metered.serving(Metered.clusters("24", "none", "13")));

    assertThat(world.metrics.text())
        .contains(
            "myxds_certificate_expiry_timestamp_seconds{group=\"edge\"} "
                + seconds("2026-12-13T00:00:00Z"));

    world.metrics.settled(Metered.serving(Metered.clusters("24", "none")));
    assertThat(world.metrics.text())
        .contains(
            "myxds_certificate_expiry_timestamp_seconds{group=\"edge\"} "
                + seconds("2026-12-24T00:00:00Z"));

    world.metrics.settled(Metered.serving(Metered.clusters("none")));
    assertThat(world.metrics.text()).doesNotContain("myxds_certificate_expiry_timestamp_seconds{");
  }

  private static String seconds(String time) {
    return (double) Instant.parse(time).getEpochSecond() + "\n";
  }

  @Test
  void looksForCertificatesOnlyInWhatChanged() {
    var first = Metered.clusters("24", "none");
    world.metrics.settled(Metered.serving(first));
    assertThat(world.metrics.text()).contains("myxds_certificate_expiry_timestamp_seconds{");
    assertThat(world.metrics.text()).contains("myxds_certificate_expiry_timestamp_seconds{");
    assertThat(world.looked).containsExactly("24", "none");

    world.metrics.settled(
        Metered.serving(GroupSnapshot.of(Metered.resources("13", "24", "none"), first)));
    assertThat(world.metrics.text())
        .contains(
            "myxds_certificate_expiry_timestamp_seconds{group=\"edge\"} "
                + seconds("2026-12-13T00:00:00Z"));

    assertThat(world.looked).containsExactly("24", "none", "13");
  }
}
