package myxds.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import myxds.port.Connections;

/** The meters of the ports' connections, by port. */
final class PortMeters {
  private static final String LABEL = "port";

  private PortMeters() {}

  static void register(List<Connections> ports, PrometheusRegistry registry) {
    gauge("myxds_connections_open", "Open connections.", ports, Connections::open)
        .register(registry);
    gauge("myxds_connections_limit", "How many may be open.", ports, Connections::max)
        .register(registry);
    counter(
            "myxds_connections_refused_total",
            "Connections that were refused because the port was full.",
            ports,
            Connections::refused)
        .register(registry);
    counter(
            "myxds_connections_closed_for_room_total",
            "Silent or idle connections that were closed to make room for others.",
            ports,
            Connections::closedForRoom)
        .register(registry);
  }

  private static GaugeWithCallback.Builder gauge(
      String name, String help, List<Connections> ports, ToDoubleFunction<Connections> value) {
    return GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(LABEL)
        .callback(gauge ->
            ports.forEach(port -> gauge.call(value.applyAsDouble(port), port.port().key())));
  }

  private static CounterWithCallback.Builder counter(
      String name, String help, List<Connections> ports, ToDoubleFunction<Connections> value) {
    return CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(LABEL)
        .callback(counter ->
            ports.forEach(port -> counter.call(value.applyAsDouble(port), port.port().key())));
  }
}
