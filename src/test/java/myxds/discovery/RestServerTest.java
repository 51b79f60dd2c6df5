package myxds.discovery;

import static java.net.http.HttpRequest.BodyPublishers.ofInputStream;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REST xDS through a real HTTP client (conformance rows 112 to 118). */
class RestServerTest {
  private static final int MAX_REQUEST = 10_000;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String NODE1 = "{\"node\":{\"id\":\"node1\"}}";
  private static final String CLUSTERS = "/v3/discovery:clusters";
  private static final Schema SCHEMA = Schema.ofApi();
  private static final GroupSnapshot SERVED =
      GroupSnapshot.of(
          List.of(
              Fixtures.cluster("a", 1), Fixtures.cluster("b", 1), Fixtures.listener("listener_0")));

  private final Recorder recorder = new Recorder();
  private RestServer server;

  @BeforeEach
  void serve() throws IOException {
    server = server(0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @AfterAll
  static void closeClient() {
    HTTP.close();
  }

  @Test
  void servesAllResourcesOfTheTypeAsJson() throws Exception {
    var answer = post(CLUSTERS, NODE1);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(answer.body()).contains("\"versionInfo\"", "\"connectTimeout\"");
    assertThat(names(answer)).containsExactly("a", "b");
    assertThat(parsed(answer).getTypeUrl()).isEqualTo(ResourceType.CLUSTER.typeUrl());
    assertThat(parsed(answer).getVersionInfo()).isEqualTo(SERVED.version(ResourceType.CLUSTER));
  }

  @Test
  void servesTheNamesAskedFor() throws Exception {
    var answer =
        post(CLUSTERS, "{\"node\":{\"id\":\"node1\"},\"resource_names\":[\"b\",\"x\",\"b\"]}");

    assertThat(names(answer)).containsExactly("b");
  }

  @Test
  void servesAllForAStar() throws Exception {
    var answer = post(CLUSTERS, "{\"node\":{\"id\":\"node1\"},\"resourceNames\":[\"*\"]}");

    assertThat(names(answer)).containsExactly("a", "b");
    assertThat(parsed(answer).getVersionInfo()).isEqualTo(SERVED.version(ResourceType.CLUSTER));
  }

  @Test
  void saysNothingNewToWhoHoldsTheVersion() throws Exception {
    var version = parsed(post(CLUSTERS, NODE1)).getVersionInfo();

    var answer =
        post(CLUSTERS, "{\"node\":{\"id\":\"node1\"},\"version_info\":\"%s\"}".formatted(version));

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void servesAnotherChoiceToWhoHoldsTheVersionOfOne() throws Exception {
    var one = post(CLUSTERS, "{\"node\":{\"id\":\"node1\"},\"resource_names\":[\"a\"]}");

    var answer =
        post(
            CLUSTERS,
            "{\"node\":{\"id\":\"node1\"},\"version_info\":\"%s\",\"resource_names\":[\"a\",\"b\"]}"
                .formatted(parsed(one).getVersionInfo()));

    assertThat(names(answer)).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clusters",
        "endpoints",
        "listeners",
        "routes",
        "scoped-routes",
        "secrets",
        "runtime",
        "extension_configs"
      })
  void servesEveryType(String plural) throws Exception {
    var answer = post("/v3/discovery:" + plural, NODE1);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(parsed(answer).getVersionInfo()).isNotEmpty();
  }

  @Test
  void ignoresFieldsOfANewerEnvoy() throws Exception {
    var answer = post(CLUSTERS, "{\"node\":{\"id\":\"node1\",\"shoe_size\":43},\"new\":true}");

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void readsABodyThatComesInChunks() throws Exception {
    var bytes = NODE1.getBytes(StandardCharsets.UTF_8);

    var answer = send("POST", CLUSTERS, null, ofInputStream(() -> new ByteArrayInputStream(bytes)));

    assertThat(names(answer)).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          POST /v3/discovery:clusters {"node":{"id":"node1"}} | application/json; charset=utf-8 | 200 | versionInfo
          POST /v3/discovery:clusters {"node":{"id":"node1"}} | application/x-www-form-urlencoded | 200 | versionInfo
          POST /v3/discovery:clusters {"node":{"id":"node1"}} | | 200 | versionInfo
          POST /v3/discovery:clusters {} | | 400 | node.id is missing
          POST /v3/discovery:clusters {"node":{"id":""}} | | 400 | node.id is missing
          POST /v3/discovery:clusters | | 400 | not a DiscoveryRequest
          POST /v3/discovery:clusters {"node": | | 400 | not a DiscoveryRequest
          POST /v3/discovery:clusters [] | | 400 | not a DiscoveryRequest
          POST /v3/discovery:clusters {"node":"node1"} | | 400 | not a DiscoveryRequest
          POST /v3/discovery:clusters {"node":{"id":"node1"},"type_url":"type.googleapis.com/envoy.config.listener.v3.Listener"} | | 400 | (expected: type.googleapis.com/envoy.config.cluster.v3.Cluster
          POST /v3/discovery:clusters {"node":{"id":"node1"},"type_url":"type.googleapis.com/envoy.config.cluster.v3.Cluster"} | | 200 | versionInfo
          POST /v3/discovery:nonsense {"node":{"id":"node1"}} | | 404 | /v3/discovery:clusters
          POST /v3/discovery:clusters/ {"node":{"id":"node1"}} | | 404 | /v3/discovery:clusters
          POST / {"node":{"id":"node1"}} | | 404 | /v3/discovery:clusters
          POST /v2/discovery:listeners {"node":{"id":"node1"}} | | 404 | /v3/discovery:listeners
          POST /v2/discovery:clusters {"node":{"id":"node1"}} | | 404 | (expected: /v3/discovery:clusters)
          GET /v3/discovery:clusters | | 405 | expected: POST
          PUT /v3/discovery:clusters {"node":{"id":"node1"}} | | 405 | expected: POST
          POST /v3/discovery:clusters {"node":{"id":"node1"}} | text/xml | 415 | text/xml
          POST /v3/discovery:clusters {"node":{"id":"node1"}} | nonsense | 415 | nonsense
          POST /v3/discovery:clusters {"node":{"id":"other"}} | | 503 | other
          """)
  void answersWithStatusAndASentence(
      String request, @Nullable String contentType, int status, String sentence) throws Exception {
    var parts = request.split(" ", 3);

    var answer = send(parts[0], parts[1], contentType, ofString(parts.length < 3 ? "" : parts[2]));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(sentence);
    if (status != 200) {
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
      assertThat(answer.body()).contains("\"status\":" + status + ",").startsWith("{\"title\":\"");
    }
  }

  @Test
  void saysWhichMethodIsAllowed() throws Exception {
    var answer = send("DELETE", CLUSTERS, null, ofString(""));

    assertThat(answer.headers().firstValue("allow")).hasValue("POST");
  }

  @Test
  void refusesALargeBody() throws Exception {
    var answer = post(CLUSTERS, " ".repeat(MAX_REQUEST + 1));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("at most " + MAX_REQUEST + " bytes");
  }

  @Test
  void takesABodyOfTheLargestSize() throws Exception {
    var answer = post(CLUSTERS, NODE1 + " ".repeat(MAX_REQUEST - NODE1.length()));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void refusesALargeBodyThatIsOnlyAnnounced() throws Exception {
    assertThat(statusLine("Content-Length: 1099511627776\r\n\r\n")).isEqualTo("HTTP/1.1 413");
  }

  @Test
  void refusesALargeBodyInChunks() throws Exception {
    var chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";

    assertThat(statusLine("Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(3)))
        .isEqualTo("HTTP/1.1 413");
  }

  @Test
  void answersDeeplyNestedJson() throws Exception {
    var answer = post(CLUSTERS, "[".repeat(MAX_REQUEST));

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void tellsItsObserverOfEachFetch() throws Exception {
    post(CLUSTERS, NODE1);

    var version = SERVED.version(ResourceType.CLUSTER);
    assertThat(recorder.events())
        .containsExactly(
            "requested node1 clusters []",
            "responded node1 clusters " + version + " resources=2 removed=0");
  }

  @Test
  void namesTheAddressThatIsTaken() {
    try (var second = server(server.port())) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + server.port());
    }
  }

  @Test
  void closesTwice() throws Exception {
    var port = server.port();

    server.close();
    server.close();

    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
  }

  private RestServer server(int port) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new RestServer(
        new RestServer.Options(address, MAX_REQUEST),
        node -> node.getId().equals("node1") ? Optional.of(SERVED) : Optional.empty(),
        SCHEMA,
        recorder);
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send("POST", path, "application/json", ofString(body));
  }

  private HttpResponse<String> send(
      String method, String path, @Nullable String contentType, BodyPublisher body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, body);
    if (contentType != null) {
      request.header("content-type", contentType);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  /** What a client is told at once that says no more than this. */
  private String statusLine(String rest) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      var request = "POST " + CLUSTERS + " HTTP/1.1\r\nHost: localhost\r\n" + rest;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
    }
  }

  private static DiscoveryResponse parsed(HttpResponse<String> answer) throws Exception {
    var response = DiscoveryResponse.newBuilder();
    SCHEMA.mergeLeniently(answer.body(), response);
    return response.build();
  }

  private static List<String> names(HttpResponse<String> answer) throws Exception {
    return parsed(answer).getResourcesList().stream()
        .map(any -> any.getValue().toStringUtf8().substring(2, 3))
        .toList();
  }
}
