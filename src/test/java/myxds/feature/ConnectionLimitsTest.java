package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports with more connections than they or the process may have. */
final class ConnectionLimitsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Path config;
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    config = folder.resolve("config");
    new Folder(config).write("node1/a.yaml", Folder.clusters("a"));
  }

  @AfterEach
  void hangUp() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
  }

  private Socket connects(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) SOON.toMillis());
    sockets.add(socket);
    return socket;
  }

  @ParameterizedTest
  @CsvSource({"256, grpc", "512, grpc", "256, rest", "256, admin"})
  void answersOnEachPortWhileSilentConnectionsUseUpOne(int descriptors, String port)
      throws Exception {
    try (var daemon = LimitedDaemon.start(folder, "ulimit -n " + descriptors, "-Xmx128m")) {
      daemon.awaitReady();

      for (int i = 0; i < 600; i++) {
        connects(daemon.port(port));
      }

      assertThat(daemon.get("/healthz")).startsWith("200 ");
      assertThat(daemon.fetch()).startsWith("200 ");
      // One that comes while the others are being closed is refused, and comes again.
      await().atMost(SOON).ignoreExceptions().until(() -> speaksHttp2(daemon.port("grpc")));
      assertThat(daemon.log()).contains("connection limit reached").doesNotContain("\tat ");
      assertThat(daemon.isAlive()).isTrue();
    }
  }

  private static boolean speaksHttp2(int port) throws IOException {
    try (var client = RawClient.http2(port)) {
      return !client.next(RawClient.Frame.SETTINGS).payload().isEmpty();
    }
  }

  @Test
  void refusesAConnectionWhenAllAreInUse() throws Exception {
    try (var daemon = TestDaemon.ready(config, Map.of("grpc.max_connections", "1"));
        var client = AdsClient.connect(daemon, AdsClient.node("node1"))) {
      client.acks();

      assertThat(connects(daemon.grpcPort()).getInputStream().read()).isEqualTo(-1);
      assertThat(daemon.get("/metrics").body())
          .contains("myxds_connections_open{port=\"grpc\"} 1.0")
          .contains("myxds_connections_limit{port=\"grpc\"} 1.0")
          .contains("myxds_connections_refused_total{port=\"grpc\"} 1.0");
    }
  }

  @Test
  void closesTheOldestSilentConnectionToMakeRoom() throws Exception {
    try (var daemon = TestDaemon.ready(config, Map.of("rest.max_connections", "2"))) {
      var first = connects(daemon.restPort());
      connects(daemon.restPort());

      var answer = daemon.fetch("clusters", "{\"node\": {\"id\": \"node1\"}}");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(first.getInputStream().read()).isEqualTo(-1);
      assertThat(daemon.get("/metrics").body())
          .contains("myxds_connections_closed_for_room_total{port=\"rest\"} 1.0");
    }
  }

  @Test
  void closesConnectionsThatStaySilent() throws Exception {
    try (var daemon = TestDaemon.ready(config)) {
      for (int port : new int[] {daemon.grpcPort(), daemon.restPort(), daemon.adminPort()}) {
        connects(port);
      }

      for (var socket : sockets) {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"rest-accept, the REST port", "admin-accept, the admin port"})
  void exitsWhenAListeningSocketFails(String thread, String said) {
    try (var daemon = TestDaemon.ready(config)) {
      var log = LogLines.begin();
      // An interrupt closes the socket on which a thread waits.
      Thread.getAllStackTraces().keySet().stream()
          .filter(one -> one.getName().equals(thread))
          .forEach(Thread::interrupt);

      assertThat(daemon.exitCode()).isEqualTo(71);
      await().untilAsserted(() -> assertThat(log.with("cannot go on")).hasSize(1));
      assertThat(log.with("cannot go on").getFirst())
          .contains(said + " stopped accepting connections");
      log.close();
    }
  }
}
