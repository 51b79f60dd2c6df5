package myxds.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import myxds.port.Connections;

/** The meters of the ports' connections, by port. */
final class PortMeters {
  private static final String LABEL = "port";

  private PortMeters() {}

  static void register(List<Connections> ports, PrometheusRegistry registry) {
    var gauges = new Gauges(registry);
    gauges.add(
        "myxds_connections_open",
        "Open connections.",
        meter -> ports.forEach(port -> meter.call(port.open(), port.port().key())),
        LABEL);
    gauges.add(
        "myxds_connections_limit",
        "How many may be open.",
        meter -> ports.forEach(port -> meter.call(port.max(), port.port().key())),
        LABEL);
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
