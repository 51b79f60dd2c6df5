package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
            CLUSTER.formatted("backend.example"));

    assertThat(answers).hasSize(3);
    assertThat(answers)
        .anyMatch(
            text -> text.startsWith("node1/1.yaml:12:15: error: Envoy refuses it: Didn't find"))
        .anyMatch(text -> text.startsWith("node1/2.yaml:7:33: error: Envoy refuses it: missing )"))
        .anyMatch(
            text -> text.startsWith("node1/3.yaml:8:") && text.contains("malformed IP address"));
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
  void asksOnceForEachContent() throws IOException {
    var count = folder.resolve("count");
    var validation = validation(script("echo x >> " + count), Duration.ofSeconds(5));
    var candidate = candidate(CLUSTER.formatted("127.0.0.1"));

    validation.of(candidate, "1");
    validation.of(candidate, "1");
    validation.of(candidate, "2");

    assertThat(Files.readAllLines(count)).hasSize(2);
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
