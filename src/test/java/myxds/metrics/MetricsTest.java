package myxds.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import myxds.discovery.DiscoveryObserver.Answered;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Refusal;
import myxds.fleet.ClientKey;
import myxds.fleet.Nack;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.Outcome;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private static final XdsStream STREAM =
      new XdsStream(
          1, Transport.ADS_DELTA, "127.0.0.1:1", Instant.EPOCH, Node.getDefaultInstance(), 0);

  private final Metrics metrics = new Metered().metrics;

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
  void countsRefusalsAndWhoWentBack() {
    var nack =
        new Nack(ResourceType.LISTENER, "of", "version", "bad", Metered.NOON, false, "web", null);
    metrics.refused(new ClientKey("a", "", 0), "edge", nack);
    metrics.refused(new ClientKey("b", "", 0), "edge", nack);
    metrics.rolledBack("b", "edge", nack);

    assertThat(metrics.text())
        .contains("myxds_refusals_total{type=\"listeners\"} 2.0\n")
        .contains("myxds_refusals_total{type=\"clusters\"} 0.0\n")
        .contains("myxds_rollbacks_total 1.0\n");
  }
}
