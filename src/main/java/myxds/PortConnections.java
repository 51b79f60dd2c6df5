package myxds;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import myxds.port.Connections;
import myxds.port.Limits;
import myxds.port.Port;
import myxds.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of the three ports, and how they share the file descriptors of the process. */
record PortConnections(Connections grpc, Connections rest, Connections admin) {
  private static final Logger log = LoggerFactory.getLogger(PortConnections.class);

  /** A client of HTTP that keeps its connection asks again within this time, or connects again. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /**
   * Shares the file descriptors among the ports; limits in the settings take precedence.
   *
   * @param failed is told why, when a port stops accepting connections for good
   */
  static PortConnections of(Settings settings, Consumer<String> failed) {
    var shares = Descriptors.ofProcess();
    int grpc = Objects.requireNonNullElse(settings.grpc().maxConnections(), shares.grpc());
    int rest = Objects.requireNonNullElse(settings.rest().maxConnections(), shares.rest());
    int admin = Objects.requireNonNullElse(settings.admin().maxConnections(), shares.admin());
    if ((long) grpc + rest + admin > shares.connections()) {
      log.atWarn()
          .addKeyValue("grpc.max_connections", grpc)
          .addKeyValue("rest.max_connections", rest)
          .addKeyValue("admin.max_connections", admin)
          .addKeyValue("descriptors", shares.connections())
          .log("the connection limits exceed the file descriptors; raise ulimit -n");
    }
    return new PortConnections(
        new Connections(Port.GRPC, Limits.of(grpc), failed),
        new Connections(Port.REST, Limits.of(rest).withIdle(IDLE), failed),
        new Connections(Port.ADMIN, Limits.of(admin).withIdle(IDLE), failed));
  }

  List<Connections> all() {
    return List.of(grpc, rest, admin);
  }
}
