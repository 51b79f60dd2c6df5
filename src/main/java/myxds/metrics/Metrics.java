package myxds.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import myxds.discovery.DiscoveryObserver;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Refusal;
import myxds.fleet.Census;
import myxds.fleet.ClientKey;
import myxds.fleet.FleetObserver;
import myxds.fleet.Nack;
import myxds.port.Connections;
import myxds.resource.Resource;
import myxds.resource.ResourceType;
import myxds.snapshot.Outcome;
import myxds.snapshot.PublishObserver;
import myxds.snapshot.PublishedState;

/**
 * The daemon's meters: counts what the other rooms announce. Every label that a client could choose
 * is bounded, for a hostile one would else fill the memory with series.
 */
public final class Metrics implements PublishObserver, DiscoveryObserver, FleetObserver {
  /** Of {@link #text}: Prometheus' text format, UTF-8. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double[] SECONDS = {
    .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60
  };

  private static final int LARGE = 4 << 20;

  private static final String OTHER = "other";

  private static final List<String> TYPES =
      Stream.concat(ResourceType.KNOWN.stream().map(ResourceType::plural), Stream.of(OTHER))
          .toList();

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Gauge streams =
      Gauge.builder()
          .name("myxds_streams_open")
          .help("Open xDS streams.")
          .labelNames("transport")
          .register(registry);
  private final Counter requests =
      counter("myxds_requests_total", "xDS requests, ACKs and NACKs among them.");
  private final Counter responses = counter("myxds_responses_total", "xDS responses.");
  private final Counter responseBytes =
      counter("myxds_response_bytes_total", "Serialized bytes of xDS responses.");
  private final Counter largeResponses =
      counter(
          "myxds_large_responses_total",
          "Responses above 4 MiB, which gRPC libraries refuse by default.",
          "type");
  private final Counter acks = counter("myxds_acks_total", "Responses taken.", "type");
  private final Counter nacks = counter("myxds_nacks_total", "Responses refused.", "type");
  private final Counter refusals =
      counter(
          "myxds_refusals_total",
          "States refused by nodes, type by type; also by those that cannot say so.",
          "type");
  private final Counter rollbacks =
      Counter.builder()
          .name("myxds_rollbacks_total")
          .help("Nodes that went back to a state that they took before, after a refusal.")
          .register(registry);
  private final Gauge waiting =
      Gauge.builder()
          .name("myxds_streams_waiting")
          .help("Streams on which a type waits for what it depends on to be taken.")
          .labelNames("type")
          .register(registry);
  private final Counter waits =
      counter("myxds_waits_total", "Waits for what a type depends on.", "type");
  private final Counter waitsExpired =
      counter("myxds_waits_expired_total", "Waits that ended without an ACK.", "type");
  private final Counter publishes =
      counter("myxds_publishes_total", "Judged states of groups.", "outcome");
  private final Counter unsaved =
      Counter.builder()
          .name("myxds_unsaved_states_total")
          .help("Published states that could not be kept on disk for the next start.")
          .register(registry);
  private final Histogram convergence =
      Histogram.builder()
          .name("myxds_convergence_seconds")
          .help("From a state's publication to its being taken as a whole, by each connected node.")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);
  private final Histogram publishDuration =
      Histogram.builder()
          .name("myxds_publish_duration_seconds")
          .help("From a changed state's arrival to its being served.")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);
  private final StateMeters state;

  /**
   * What is asked when the meters are read.
   *
   * @param accepting whether the xDS ports accept connections now
   * @param census of the nodes
   * @param statesWaiting how many states of the source wait to be judged
   * @param outboundBytes how many bytes wait for clients to read
   * @param outboundLimit how many may
   * @param expiry when the first certificate of a resource ends; empty when it has none
   * @param ports the connections of each port
   */
  public record Facts(
      BooleanSupplier accepting,
      Supplier<Census> census,
      IntSupplier statesWaiting,
      LongSupplier outboundBytes,
      long outboundLimit,
      Function<Resource, Optional<Instant>> expiry,
      List<Connections> ports) {}

  /**
   * @param version of the program
   */
  public Metrics(String version, Facts facts) {
    state = new StateMeters(facts);
    state.register(registry);
    new NodeMeters(facts.census, state::served).register(registry);
    PortMeters.register(facts.ports, registry);
    JvmMetrics.builder().register(registry);
    Info.builder()
        .name("myxds_build_info")
        .help("The program's version.")
        .labelNames("version")
        .register(registry)
        .setLabelValues(version);
    // A series that begins at its first event hides that event from rate().
    for (var transport : Transport.values()) {
      streams.initLabelValues(transport.word());
    }
    List.of("published", "unchanged", "refused", "held", "rolled_back")
        .forEach(publishes::initLabelValues);
    for (var byType : List.of(largeResponses, acks, nacks, refusals, waits, waitsExpired)) {
      TYPES.forEach(byType::initLabelValues);
    }
    TYPES.forEach(waiting::initLabelValues);
  }

  /** All meters now, as {@link #CONTENT_TYPE}. */
  public String text() {
    var out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void judged(String group, Outcome outcome) {
    switch (outcome) {
      case Outcome.Published(var snapshot, var took) -> {
        publishes.labelValues("published").inc();
        publishDuration.observe(took.toNanos() / 1e9);
      }
      case Outcome.Unchanged() -> publishes.labelValues("unchanged").inc();
      case Outcome.Refused(var problems) -> publishes.labelValues("refused").inc();
      case Outcome.Held(var held) -> publishes.labelValues(held.cause().word()).inc();
    }
  }

  @Override
  public void unsaved(String group, String reason) {
    unsaved.inc();
  }

  @Override
  public void settled(PublishedState settled) {
    state.settled(settled);
  }

  @Override
  public void streamOpened(XdsStream stream) {
    streams.labelValues(stream.transport().word()).inc();
  }

  @Override
  public void requested(XdsStream stream, Asked asked) {
    requests.labelValues(stream.transport().word(), word(asked.type())).inc();
  }

  @Override
  public void responded(XdsStream stream, Answered answered) {
    var transport = stream.transport().word();
    var type = word(answered.type());
    responses.labelValues(transport, type).inc();
    responseBytes.labelValues(transport, type).inc(answered.bytes());
    if (answered.bytes() > LARGE) {
      largeResponses.labelValues(type).inc();
    }
  }

  @Override
  public void acked(XdsStream stream, ResourceType type, String version) {
    acks.labelValues(word(type)).inc();
  }

  @Override
  public void nacked(XdsStream stream, ResourceType type, Refusal refusal) {
    nacks.labelValues(word(type)).inc();
  }

  @Override
  public void held(XdsStream stream, ResourceType type, String reason) {
    waiting.labelValues(word(type)).inc();
    waits.labelValues(word(type)).inc();
  }

  @Override
  public void released(XdsStream stream, ResourceType type, boolean expired) {
    waiting.labelValues(word(type)).dec();
    if (expired) {
      waitsExpired.labelValues(word(type)).inc();
    }
  }

  @Override
  public void streamClosed(XdsStream stream, String status, Duration lived) {
    streams.labelValues(stream.transport().word()).dec();
  }

  @Override
  public void converged(ClientKey client, String group, Convergence to) {
    if (to.live()) {
      convergence.observe(to.took().toNanos() / 1e9);
    }
  }

  @Override
  public void refused(ClientKey client, String group, Nack nack) {
    refusals.labelValues(word(nack.type())).inc();
  }

  @Override
  public void rolledBack(String node, String group, Nack nack) {
    rollbacks.inc();
  }

  private static String word(ResourceType type) {
    return ResourceType.KNOWN.contains(type) ? type.plural() : OTHER;
  }

  private Counter counter(String name, String help) {
    return counter(name, help, "transport", "type");
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }
}
