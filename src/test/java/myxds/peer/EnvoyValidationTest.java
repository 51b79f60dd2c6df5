package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import myxds.gate.Bootstrap;
import myxds.gate.Candidate;
import myxds.gate.Gate;
import myxds.gate.envoy.EnvoyValidation;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only an Envoy can know of a state, and where that stands. */
final class EnvoyValidationTest {
  private static final Schema SCHEMA = Schema.ofApi();
  private static final String LISTENER =
      """
      "@type": type.googleapis.com/envoy.config.listener.v3.Listener
      name: %s
      address: {socket_address: {address: 127.0.0.1, port_value: %d}}
      filter_chains:
      - filters:
        - name: http
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
            stat_prefix: http
            rds: {route_config_name: routes, config_source: {ads: {}}}
            http_filters:
            - name: %s
              typed_config: {"@type": type.googleapis.com/%s}
      """;
  private static final String ROUTER = "envoy.extensions.filters.http.router.v3.Router";
  private static final String ROUTES =
      """
      "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
      name: routes
      virtual_hosts:
      - name: all
        domains: ["*"]
        routes:
        - match: {safe_regex: {regex: "%s"}}
          route: {cluster: blue}
      """;
  private static final String CLUSTER =
      """
      "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
      name: blue
      type: EDS
      eds_cluster_config: {eds_config: {ads: {}}}
      ---
      "@type": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment
      cluster_name: blue
      endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: %s, port_value: 80}}}}]}]
      """;

  private static final String RING =
      "ring_hash_lb_config: {minimum_ring_size: 10, maximum_ring_size: 5}";

  @TempDir Path folder;

  @Test
  void hasNothingAgainstWhatItWouldTake() throws IOException {
    assertThat(
            ask(
                LISTENER.formatted("a", 8001, "router", ROUTER),
                LISTENER
                    .replace("route_config_name: routes", "route_config_name: more-routes")
                    .formatted("b", 8002, "router", ROUTER),
                ROUTES.formatted("/a.*"),
                ROUTES.formatted("/b.*").replace("name: routes", "name: more-routes"),
                CLUSTER.formatted("127.0.0.1")))
        .isEmpty();
  }

  @Test
  void onlyWarnsOfWhatTheNodesBootstrapMayHave() throws IOException {
    var cluster =
        """
        "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: blue
        transport_socket:
          name: tls
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
            common_tls_context: {validation_context_sds_secret_config: {name: system_ca}}
        """;

    assertThat(ask(cluster))
        .containsExactly(
            "node1/0.yaml:7:71: warning: the nodes' bootstrap must have it:"
                + " Unknown static certificate validation context: system_ca");
  }

  @Test
  void findsTheRouteOfABadRegex() throws IOException {
    assertThat(
            ask(
                LISTENER.formatted("a", 8001, "router", ROUTER),
                ROUTES.formatted("/a(("),
                CLUSTER.formatted("127.0.0.1")))
        .containsExactly("node1/1.yaml:7:33: error: Envoy refuses it: missing ): /a((");
  }

  @Test
  void findsTheListenerOfAnUnknownExtensionAndEveryOtherFaultToo() throws IOException {
    var answers =
        ask(
            LISTENER.formatted("a", 8001, "router", ROUTER),
            LISTENER.formatted("b", 8002, "no_such_filter", "google.protobuf.Struct, value: {}"),
            ROUTES.formatted("/a(("),
            CLUSTER
                .formatted("127.0.0.1")
                .replace("type: EDS", "type: EDS\nlb_policy: RING_HASH\n" + RING));

    assertThat(answers).hasSize(3);
    assertThat(answers)
        .anyMatch(
            text -> text.startsWith("node1/1.yaml:12:15: error: Envoy refuses it: Didn't find"))
        .anyMatch(text -> text.startsWith("node1/2.yaml:7:33: error: Envoy refuses it: missing )"))
        .anyMatch(text -> text.startsWith("node1/3.yaml:") && text.contains("ring hash"));
  }

  @Test
  void saysSoWhenItCannotBeAsked() throws IOException {
    var absent = validation(folder.resolve("none"), Duration.ofSeconds(5));
    var hanging = validation(script("exec sleep 60"), Duration.ofMillis(200));
    var broken = validation(script("echo kaputt; exit 3"), Duration.ofSeconds(5));
    var candidate = candidate(CLUSTER.formatted("127.0.0.1"));

    assertThat(absent.of(candidate, "1"))
        .singleElement()
        .satisfies(
            one -> assertThat(one.toString()).startsWith("node1/: warning: Envoy cannot be asked"));
    assertThat(hanging.of(candidate, "1"))
        .extracting(Problem::toString)
        .containsExactly("node1/: warning: Envoy did not answer in time");
    assertThat(broken.of(candidate, "1"))
        .extracting(Problem::toString)
        .containsExactly("node1/: warning: Envoy ended with 3 and said: kaputt");
  }

  @Test
  void blamesNoResourceForAnEnvoyThatRefusesEverything() throws IOException {
    var script =
        script("echo \"[critical] error initializing config '': no internal_listener\"; exit 1");

    assertThat(
            validation(script, Duration.ofSeconds(20))
                .of(candidate(CLUSTER.formatted("127.0.0.1")), "1"))
        .extracting(Problem::toString)
        .containsExactly(
            "node1/: warning: Envoy refuses a bootstrap without any resources, too: no internal_listener");
  }

  @Test
  void asksOnceForEachContent() throws IOException {
    var count = folder.resolve("count");
    var validation = validation(script("echo x >> " + count), Duration.ofSeconds(5));
    var candidate = candidate(CLUSTER.formatted("127.0.0.1"));

    validation.of(candidate, "1");
    validation.of(candidate, "1");
    validation.of(candidate, "2");

    assertThat(Files.readAllLines(count)).hasSize(2);
  }

  @Test
  void namesTheFileOfWhomeverItIsAskedFor() throws IOException {
    var asked = folder.resolve("asked");
    var refusing =
        script(
            """
            echo x >> %s
            for file; do :; done
            grep -q '/a((' "$file" || exit 0
            echo "[critical] error initializing config '': missing ): /a(("
            exit 1
            """
                .formatted(asked));
    var validation = validation(refusing, Duration.ofSeconds(20));
    var routes =
        ROUTES.formatted("/a((").replace("route: {cluster: blue}", "non_forwarding_action: {}");

    var first = validation.of(candidate(routes), "1");
    int questions = Files.readAllLines(asked).size();
    var moved = validation.of(candidate("# Another file.", "# Lower.\n" + routes), "1");

    assertThat(first)
        .extracting(one -> one.origin().toString())
        .containsExactly("node1/0.yaml:7:33");
    assertThat(moved)
        .extracting(one -> one.origin().toString())
        .containsExactly("node1/1.yaml:8:33");
    assertThat(Files.readAllLines(asked)).hasSize(questions);
  }

  @Test
  void leavesAloneAnEnvoyThatHangs() throws IOException {
    var count = folder.resolve("count");
    var hanging = script("echo x >> %s; exec sleep 60".formatted(count));
    var validation = validation(hanging, Duration.ofMillis(500));

    validation.of(candidate(CLUSTER.formatted("127.0.0.1")), "1");
    var next = validation.of(candidate(CLUSTER.formatted("127.0.0.2")), "2");

    assertThat(next)
        .extracting(Problem::toString)
        .containsExactly("node1/: warning: Envoy was not asked: lately it did not answer in time");
    assertThat(Files.readAllLines(count)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void endsWhatAScriptStarted() throws Exception {
    var pid = folder.resolve("pid");
    var script = script("sleep 600 & echo $! > %s; wait".formatted(pid));

    validation(script, Duration.ofSeconds(2)).of(candidate(CLUSTER.formatted("127.0.0.1")), "1");

    await().until(() -> !isAlive(pid));
  }

  @Test
  void doesNotWaitForWhomAScriptLeftBehind() throws Exception {
    var pid = folder.resolve("pid");
    var script = script("sleep 600 & echo $! > %s; exit 0".formatted(pid));
    var candidate = candidate(CLUSTER.formatted("127.0.0.1"));

    var answer =
        CompletableFuture.supplyAsync(
            () -> validation(script, Duration.ofSeconds(2)).of(candidate, "1"));

    assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join()).isEmpty();
    process(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static boolean isAlive(Path pid) throws IOException {
    return process(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private static Optional<ProcessHandle> process(Path pid) throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
  }

  private static List<String> ask(String... texts) throws IOException {
    return validation(EnvoyBinary.require(), EnvoyValidation.LIMIT)
        .of(candidate(texts), "1")
        .stream()
        .map(Problem::toString)
        .toList();
  }

  private static EnvoyValidation validation(Path binary, Duration limit) {
    return new EnvoyValidation(binary, limit, SCHEMA, Set.of());
  }

  private static Candidate candidate(String... texts) {
    var documents = new ArrayList<Document>();
    for (int i = 0; i < texts.length; i++) {
      documents.add(new Document("node1/" + i + ".yaml", texts[i]));
    }
    var judgement = new Gate(SCHEMA, Bootstrap.UNKNOWN).judge(new Documents(documents, List.of()));
    var candidate = Objects.requireNonNull(judgement.groups().get("node1"));
    assertThat(candidate.problems()).isEmpty();
    return candidate;
  }

  private Path script(String text) throws IOException {
    var file = Files.createTempFile(folder, "envoy", "");
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
