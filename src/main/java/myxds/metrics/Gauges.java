package myxds.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;

/** Gauges that look when somebody asks, so that no series outlives what it tells of. */
record Gauges(PrometheusRegistry registry) {

  void add(String name, String help, Consumer<GaugeWithCallback.Callback> look, String... labels) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .callback(look)
        .register(registry);
  }
}
