package myxds.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import myxds.resource.Problem;
import myxds.resource.Problem.Severity;
import myxds.snapshot.PublishedState;

/**
 * Meters of what is and not of what happens: read from the newest state when somebody asks, so that
 * no series outlives what it tells of.
 */
final class StateMeters {
  private final BooleanSupplier accepting;

  /** Written by the publisher, read by whoever asks. */
  private volatile PublishedState state = PublishedState.NOTHING;

  StateMeters(BooleanSupplier accepting) {
    this.accepting = accepting;
  }

  void settled(PublishedState settled) {
    state = settled;
  }

  void register(PrometheusRegistry registry) {
    gauge("myxds_ready", "1 when the daemon is ready to serve.", this::ready).register(registry);
    gauge("myxds_published_info", "The version that a group is served.", this::published)
        .labelNames("group", "version")
        .register(registry);
    gauge("myxds_resources", "Resources that a group is served.", this::resources)
        .labelNames("group", "type")
        .register(registry);
    gauge("myxds_problems", "Problems of the newest configuration.", this::problems)
        .labelNames("severity")
        .register(registry);
  }

  private static GaugeWithCallback.Builder gauge(
      String name, String help, Consumer<GaugeWithCallback.Callback> callback) {
    return GaugeWithCallback.builder().name(name).help(help).callback(callback);
  }

  private void ready(GaugeWithCallback.Callback meter) {
    meter.call(state.ready() && accepting.getAsBoolean() ? 1 : 0);
  }

  private void published(GaugeWithCallback.Callback meter) {
    for (var group : state.groups().values()) {
      if (group.served() != null) {
        meter.call(1, group.name(), group.served().version());
      }
    }
  }

  private void resources(GaugeWithCallback.Callback meter) {
    for (var group : state.groups().values()) {
      if (group.served() != null) {
        group
            .served()
            .types()
            .forEach(
                (type, resources) -> meter.call(resources.size(), group.name(), type.plural()));
      }
    }
  }

  private void problems(GaugeWithCallback.Callback meter) {
    var problems = state.problems();
    int errors = (int) problems.stream().filter(Problem::isError).count();
    meter.call(errors, Severity.ERROR.word());
    meter.call(problems.size() - errors, Severity.WARNING.word());
  }
}
