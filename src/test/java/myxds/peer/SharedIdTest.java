package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three Envoys with one {@code node.id}, as replicas of one bootstrap have it. The second finds the
 * address of the new listener taken; the third is started anew, the first is killed. REST is left
 * out: there an Envoy cannot say that it refused.
 */
final class SharedIdTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String REMOVED = "listener_manager.listener_removed";

  @TempDir Path folder;
  private ConfigFolder config;
  private DaemonProcess daemon;
  private final List<RealEnvoy> envoys = new ArrayList<>();

  @AfterEach
  void stop() {
    envoys.forEach(RealEnvoy::close);
    daemon.close();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REST")
  void servesEachWhatIsRightForIt(Protocol protocol) throws Exception {
    config = new ConfigFolder(folder.resolve("config"), "edge");
    config.write("listener", listener("one"));
    daemon = DaemonProcess.ready(config.root());
    for (int i = 0; i < 3; i++) {
      envoys.add(envoy(i, protocol));
    }
    stands(3, 0, 0);

    Files.createDirectories(own(1).resolve("two"));
    config.write("listener", listener("two"));
    stands(2, 1, 0);
    run("two", "one", "two");

    envoys.get(2).close();
    stands(1, 1, 1);
    envoys.set(2, envoy(2, protocol));
    stands(2, 1, 0);
    run("two", "one", "two");

    envoys.get(0).close();
    stands(1, 1, 1);
    assertThat(envoys.get(2).values("dynamic_listeners", "stat_prefix")).contains("two");
    showsAll("refusing", "in_sync", "gone");

    envoys.set(0, envoy(0, protocol));
    stands(2, 1, 0);
    showsAll("refusing", "in_sync", "in_sync");

    daemon.stop();
    daemon.start();
    stands(2, 1, 0);
    run("two", "one", "two");
    for (var envoy : envoys) {
      assertThat(envoy.stat(REMOVED)).as(envoy::log).isZero();
    }
    System.out.printf(
        "three Envoys with one id, %s: the one that refuses rejected %d updates%n",
        protocol.label(), envoys.get(1).stat("listener_manager.lds.update_rejected"));
  }

  private Path own(int number) throws IOException {
    return Files.createDirectories(folder.resolve("envoy-" + number));
  }

  private RealEnvoy envoy(int number, Protocol protocol) throws IOException {
    var bootstrap = Resources.of("edge", protocol.bootstrap(daemon.port(protocol)));
    return RealEnvoy.start(bootstrap, own(number));
  }

  /** A listener at a socket in the Envoy's own folder; a folder of that name is in its way. */
  private static String listener(String name) {
    return """
    "@type": type.googleapis.com/envoy.config.listener.v3.Listener
    name: %s
    address: {pipe: {path: %s}}
    filter_chains:
    - filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: %s
          route_config:
            name: r
            virtual_hosts:
            - name: v
              domains: ["*"]
              routes: [{match: {prefix: /}, direct_response: {status: 200}}]
          http_filters:
          - name: router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
    """
        .formatted("web", name, name);
  }

  /** So many nodes are in sync, refuse, and are gone. */
  private void stands(int inSync, int refusing, int gone) {
    var counts =
        "\"counts\":{\"in_sync\":%d,\"behind\":0,\"refusing\":%d,\"unmatched\":0,\"gone\":%d}"
            .formatted(inSync, refusing, gone);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(daemon.admin("/api/v1/nodes")).contains(counts));
  }

  private void run(String... prefixes) {
    for (int i = 0; i < prefixes.length; i++) {
      var envoy = envoys.get(i);
      var prefix = prefixes[i];
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(envoy.values("dynamic_listeners", "stat_prefix"))
                  .as(envoy::log)
                  .contains(prefix));
    }
  }

  private void showsAll(String... states) throws Exception {
    var shown = daemon.types("status").out();
    int connected = (int) List.of(states).stream().filter(state -> !state.equals("gone")).count();
    assertThat(shown).contains("edge: " + connected + " Envoys share this id\n", "ADDRESS");
    assertThat(shown.lines().filter(line -> line.startsWith("edge  ")))
        .hasSize(states.length)
        .allMatch(line -> line.contains("127.0.0.1:"))
        .extracting(line -> List.of(states).stream().filter(line::contains).findFirst().orElse(""))
        .containsExactly(states);
  }
}
