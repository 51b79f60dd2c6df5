package myxds.peer;

import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.NOT_SERVING;
import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** grpc-java's own xDS client and a service that comes, changes, goes and comes back. */
final class GrpcClientTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  /** How long the client itself waits for a listener before it says that there is none. */
  private static final Duration ITS_TIMER = Duration.ofSeconds(15);

  @TempDir Path folder;
  private ConfigFolder config;
  private GrpcBackend well;
  private GrpcBackend unwell;

  @BeforeEach
  void startBackends() throws IOException {
    config = new ConfigFolder(folder, GrpcClient.NODE);
    well = GrpcBackend.answering(SERVING);
    unwell = GrpcBackend.answering(NOT_SERVING);
  }

  @AfterEach
  void stopBackends() {
    well.close();
    unwell.close();
  }

  @Test
  void resolvesAServiceAndIsAnswered() throws Exception {
    writeAll();
    try (var daemon = TestDaemon.ready(config.root());
        var client = GrpcClient.of("greeter", daemon.grpcPort())) {

      assertThat(client.call()).isEqualTo("SERVING");
      await().atMost(SOON).until(() -> hasAcked("endpoints", daemon));
    }
  }

  @Test
  void followsUpdatesThoughItsNodeCameOnlyOnce() throws Exception {
    writeAll();
    try (var daemon = TestDaemon.ready(config.root());
        var client = GrpcClient.of("greeter", daemon.grpcPort())) {
      assertThat(client.call()).isEqualTo("SERVING");

      config.write("endpoints", GrpcResources.endpoints("backend", unwell.port()));
      awaitCall("NOT_SERVING", client);

      config.write(
          "other", GrpcResources.cluster("other"), GrpcResources.endpoints("other", well.port()));
      config.write("route", GrpcResources.route("other"));
      awaitCall("SERVING", client);

      config.delete("cluster");
      config.write("other", GrpcResources.cluster("backend"));
      config.write("route", GrpcResources.route("backend"));
      awaitCall("NOT_SERVING", client);
    }
  }

  @Test
  void noticesADeletedListenerAndItsReturn() throws Exception {
    writeAll();
    try (var daemon = TestDaemon.ready(config.root(), Map.of("guard", "off"));
        var client = GrpcClient.of("greeter", daemon.grpcPort())) {
      assertThat(client.call()).isEqualTo("SERVING");

      config.delete("listener");
      long begun = System.nanoTime();
      await().atMost(SOON).until(() -> client.call().startsWith("UNAVAILABLE: "));
      report("noticed that its listener was deleted", begun);

      config.write("listener", GrpcResources.listener());
      awaitCall("SERVING", client);
    }
  }

  @Test
  void reportsAMissingListenerWhenItsTimerEndsAtTheLatest() throws Exception {
    writeAll();
    try (var daemon = TestDaemon.ready(config.root());
        var client = GrpcClient.of("nobody", daemon.grpcPort())) {
      long begun = System.nanoTime();

      var answer = client.call();

      report("was told that a listener is missing: " + answer, begun);
      assertThat(answer).startsWith("UNAVAILABLE: ").contains("nobody");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ITS_TIMER.plusSeconds(3));
    }
  }

  @Test
  void takesAListenerThatComesAfterItWasAskedFor() throws Exception {
    writeAll();
    config.delete("listener");
    try (var daemon = TestDaemon.ready(config.root());
        var client = GrpcClient.of("greeter", daemon.grpcPort())) {
      client.connect();
      await().atMost(SOON).until(() -> hasAsked("listeners", daemon));

      config.write("listener", GrpcResources.listener());

      awaitCall("SERVING", client);
    }
  }

  private void writeAll() throws IOException {
    config.write("listener", GrpcResources.listener());
    config.write("route", GrpcResources.route("backend"));
    config.write("cluster", GrpcResources.cluster("backend"));
    config.write("endpoints", GrpcResources.endpoints("backend", well.port()));
  }

  private static void awaitCall(String answer, GrpcClient client) {
    await().atMost(SOON).untilAsserted(() -> assertThat(client.call()).isEqualTo(answer));
  }

  private static boolean hasAcked(String type, TestDaemon daemon) {
    return daemon
        .get("/metrics")
        .body()
        .contains("myxds_acks_total{type=\"%s\"} 1".formatted(type));
  }

  private static boolean hasAsked(String type, TestDaemon daemon) {
    return daemon
        .get("/metrics")
        .body()
        .contains("myxds_requests_total{transport=\"ads-sotw\",type=\"%s\"}".formatted(type));
  }

  private static void report(String what, long begun) {
    System.out.println(
        "gRPC client: after %d ms it %s".formatted((System.nanoTime() - begun) / 1_000_000, what));
  }
}
