package myxds.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import myxds.discovery.DiscoveryObserver.Answered;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Refusal;
import myxds.fleet.Fleet;
import myxds.fleet.FleetObserver;
import myxds.fleet.Nack;
import myxds.fleet.OnNack;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.GroupState.Standing;
import myxds.snapshot.KeepsNothing;
import myxds.snapshot.Outcome;
import myxds.snapshot.PublishedState;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private static final XdsStream STREAM =
      new XdsStream(
          1, Transport.ADS_DELTA, "127.0.0.1:1", Instant.EPOCH, Node.getDefaultInstance(), 0);

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private boolean accepting = true;
  private int statesWaiting;
  private long outbound;
  private Instant now = NOON;
  private final List<String> looked = new ArrayList<>();
  private final Fleet fleet =
      new Fleet(
          new Fleet.Options(
              Node::getCluster,
              group -> OnNack.KEEP,
              Duration.ofMinutes(10),
              new KeepsNothing(),
              () -> now),
          new FleetObserver() {});
  private final Metrics metrics =
      new Metrics(
          "1.2.3",
          new Metrics.Facts(
              () -> accepting,
              fleet::census,
              () -> statesWaiting,
              () -> outbound,
              1000,
              this::expiry));

  /** A resource's certificate ends on the day of December that is its name. */
  private Optional<Instant> expiry(Resource resource) {
    looked.add(resource.name());
    return resource.name().matches("\\d+")
        ? Optional.of(Instant.parse("2026-12-%sT00:00:00Z".formatted(resource.name())))
        : Optional.empty();
  }

  @Test
  void tellsItsVersionAndTheJvms() {
    var text = metrics.text();

    assertThat(text)
        .contains("myxds_build_info{version=\"1.2.3\"} 1\n")
        .contains("# TYPE jvm_threads_current gauge\n");
  }

  @Test
  void countsOpenStreams() {
    metrics.streamOpened(STREAM);
    metrics.streamOpened(STREAM);
    metrics.streamClosed(STREAM, "OK", Duration.ZERO);

    assertThat(metrics.text())
        .contains("myxds_streams_open{transport=\"ads-delta\"} 1.0\n")
        .contains("myxds_streams_open{transport=\"ads-sotw\"} 0.0\n");
  }

  @Test
  void countsWhatIsSaidOnStreams() {
    metrics.requested(STREAM, new Asked(ResourceType.CLUSTER, "", "", List.of()));
    metrics.responded(STREAM, new Answered(ResourceType.CLUSTER, "v", "n", 1, 0, 250));
    metrics.responded(STREAM, new Answered(ResourceType.CLUSTER, "w", "m", 1, 0, 50));
    metrics.acked(STREAM, ResourceType.CLUSTER, "v");
    metrics.nacked(STREAM, ResourceType.LISTENER, new Refusal("v", "", "bad", null));

    var labels = "{transport=\"ads-delta\",type=\"clusters\"}";
    assertThat(metrics.text())
        .contains("myxds_requests_total" + labels + " 1.0\n")
        .contains("myxds_responses_total" + labels + " 2.0\n")
        .contains("myxds_response_bytes_total" + labels + " 300.0\n")
        .contains("myxds_acks_total{type=\"clusters\"} 1.0\n")
        .contains("myxds_nacks_total{type=\"listeners\"} 1.0\n");
  }

  @Test
  void countsStreamsThatWaitAndThoseThatWaitedInVain() {
    metrics.held(STREAM, ResourceType.ROUTE, "clusters [green]");
    metrics.held(STREAM, ResourceType.LISTENER, "clusters [green]");
    metrics.released(STREAM, ResourceType.ROUTE, true);

    assertThat(metrics.text())
        .contains("myxds_streams_waiting{type=\"routes\"} 0.0\n")
        .contains("myxds_streams_waiting{type=\"listeners\"} 1.0\n")
        .contains("myxds_waits_total{type=\"routes\"} 1.0\n")
        .contains("myxds_waits_expired_total{type=\"routes\"} 1.0\n");
  }

  @Test
  void countsResponsesThatAreLargerThanClientsTakeByDefault() {
    metrics.responded(STREAM, new Answered(ResourceType.CLUSTER, "v", "n", 1, 0, 4 << 20));
    assertThat(metrics.text()).contains("myxds_large_responses_total{type=\"clusters\"} 0.0\n");

    metrics.responded(STREAM, new Answered(ResourceType.CLUSTER, "v", "n", 1, 0, (4 << 20) + 1));

    assertThat(metrics.text()).contains("myxds_large_responses_total{type=\"clusters\"} 1.0\n");
  }

  @Test
  void hasOneSeriesForAllTypesThatClientsMakeUp() {
    for (int i = 0; i < 1000; i++) {
      var type = ResourceType.of("type.googleapis.com/made.up.Type" + i);
      metrics.requested(STREAM, new Asked(type, "", "", List.of()));
    }

    assertThat(metrics.text())
        .contains("myxds_requests_total{transport=\"ads-delta\",type=\"other\"} 1000.0\n")
        .doesNotContain("made.up");
  }

  @Test
  void countsWhatBecameOfStates() {
    metrics.judged(
        "edge", new Outcome.Published(GroupSnapshot.of(List.of()), Duration.ofMillis(7)));
    metrics.judged("edge", new Outcome.Refused(List.of()));
    metrics.judged("edge", new Outcome.Refused(List.of()));

    assertThat(metrics.text())
        .contains("myxds_publishes_total{outcome=\"published\"} 1.0\n")
        .contains("myxds_publishes_total{outcome=\"refused\"} 2.0\n")
        .contains("myxds_publishes_total{outcome=\"held\"} 0.0\n")
        .contains("myxds_publish_duration_seconds_bucket{le=\"0.005\"} 0\n")
        .contains("myxds_publish_duration_seconds_bucket{le=\"0.01\"} 1\n")
        .contains("myxds_publish_duration_seconds_sum 0.007\n");
  }

  @Test
  void tellsOnlyTheVersionThatIsServedNow() {
    var old = clusters("a");
    var served = clusters("a", "b");

    metrics.settled(serving(old));
    metrics.settled(serving(served));

    assertThat(metrics.text())
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

    metrics.settled(new PublishedState(Map.of(), problems, false, null));

    assertThat(metrics.text())
        .contains("myxds_problems{severity=\"error\"} 2.0\n")
        .contains("myxds_problems{severity=\"warning\"} 1.0\n");
  }

  @Test
  void isReadyWhenAStateIsServedAndThePortsAccept() {
    assertThat(metrics.text()).contains("myxds_ready 0.0\n");

    metrics.settled(serving(clusters("a")));
    assertThat(metrics.text()).contains("myxds_ready 1.0\n");

    accepting = false;
    assertThat(metrics.text()).contains("myxds_ready 0.0\n");
  }

  @Test
  void countsNodesByGroupAndState() {
    metrics.settled(serving(clusters("a")));
    fleet.judged("edge", new Outcome.Published(clusters("a"), Duration.ZERO));
    for (int i = 0; i < 3; i++) {
      connect("edge-" + i, "edge");
    }
    for (int i = 0; i < 1000; i++) {
      connect("made-up-" + i, "made-up-" + i);
    }

    assertThat(metrics.text())
        .contains("myxds_nodes{group=\"edge\",state=\"behind\"} 3.0\n")
        .contains("myxds_nodes{group=\"edge\",state=\"refusing\"} 0.0\n")
        .contains("myxds_nodes{group=\"\",state=\"unmatched\"} 1000.0\n")
        .contains("myxds_missing_names{group=\"edge\"} 1.0\n")
        .doesNotContain("made-up");
  }

  private void connect(String id, String cluster) {
    var node = Node.newBuilder().setId(id).setCluster(cluster).build();
    var stream = new XdsStream(id.hashCode(), Transport.ADS_DELTA, "127.0.0.1:1", NOON, node, 0);
    var names = List.of("a", "none");
    fleet.requested(stream, new Asked(ResourceType.CLUSTER, "", "", names));
    fleet.moved(
        stream,
        new myxds.discovery.engine.Standing(ResourceType.CLUSTER, names, "", "", false, ""));
  }

  @Test
  void countsRefusalsAndWhoWentBack() {
    var nack = new Nack(ResourceType.LISTENER, "of", "version", "bad", NOON, false, "web", null);
    metrics.refused("a", "edge", nack);
    metrics.refused("b", "edge", nack);
    metrics.rolledBack("b", "edge", nack);

    assertThat(metrics.text())
        .contains("myxds_refusals_total{type=\"listeners\"} 2.0\n")
        .contains("myxds_refusals_total{type=\"clusters\"} 0.0\n")
        .contains("myxds_rollbacks_total 1.0\n");
  }

  @Test
  void tellsHowGroupsStand() {
    metrics.settled(serving(clusters("a")));

    assertThat(metrics.text())
        .contains("myxds_group_state{group=\"edge\",state=\"published\"} 1.0\n")
        .contains("myxds_group_state{group=\"edge\",state=\"refused\"} 0.0\n");
  }

  @Test
  void tellsWhetherTheSourceCanBeRead() {
    assertThat(metrics.text()).contains("myxds_source_readable 0.0\n");

    metrics.settled(serving(clusters("a")));
    assertThat(metrics.text()).contains("myxds_source_readable 1.0\n");

    metrics.settled(new PublishedState(Map.of(), List.of(), true, "no such directory"));
    assertThat(metrics.text()).contains("myxds_source_readable 0.0\n");
  }

  @Test
  void tellsWhatWaits() {
    statesWaiting = 1;
    outbound = 70;

    assertThat(metrics.text())
        .contains("myxds_states_waiting 1.0\n")
        .contains("myxds_outbound_waiting_bytes 70.0\n")
        .contains("myxds_outbound_limit_bytes 1000.0\n");
  }

  @Test
  void tellsWhenTheFirstCertificateOfAGroupEnds() {
    metrics.settled(serving(clusters("24", "none", "13")));

    assertThat(metrics.text())
        .contains(
            "myxds_certificate_expiry_timestamp_seconds{group=\"edge\"} "
                + seconds("2026-12-13T00:00:00Z"));

    metrics.settled(serving(clusters("24", "none")));
    assertThat(metrics.text())
        .contains(
            "myxds_certificate_expiry_timestamp_seconds{group=\"edge\"} "
                + seconds("2026-12-24T00:00:00Z"));

    metrics.settled(serving(clusters("none")));
    assertThat(metrics.text()).doesNotContain("myxds_certificate_expiry_timestamp_seconds{");
  }

  private static String seconds(String time) {
    return (double) Instant.parse(time).getEpochSecond() + "\n";
  }

  @Test
  void looksForCertificatesOnlyInWhatChanged() {
    var first = clusters("24", "none");
    metrics.settled(serving(first));
    assertThat(metrics.text()).contains("myxds_certificate_expiry_timestamp_seconds{");
    assertThat(metrics.text()).contains("myxds_certificate_expiry_timestamp_seconds{");
    assertThat(looked).containsExactly("24", "none");

    metrics.settled(serving(GroupSnapshot.of(resources("13", "24", "none"), first)));
    assertThat(metrics.text())
        .contains(
            "myxds_certificate_expiry_timestamp_seconds{group=\"edge\"} "
                + seconds("2026-12-13T00:00:00Z"));

    assertThat(looked).containsExactly("24", "none", "13");
  }

  private static PublishedState serving(GroupSnapshot snapshot) {
    var group = new GroupState("edge", Standing.PUBLISHED, snapshot, Instant.EPOCH, null);
    return new PublishedState(Map.of("edge", group), List.of(), true, null);
  }

  private static GroupSnapshot clusters(String... names) {
    return GroupSnapshot.of(resources(names));
  }

  private static List<Resource> resources(String... names) {
    return Stream.of(names)
        .map(name ->
            new Resource(
                new ResourceId(ResourceType.CLUSTER, name),
                Cluster.newBuilder().setName(name).build(),
                Origin.of("edge/a.yaml")))
        .toList();
  }
}
