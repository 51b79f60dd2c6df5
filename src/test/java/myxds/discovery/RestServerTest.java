package myxds.discovery;

import static java.net.http.HttpRequest.BodyPublishers.ofInputStream;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REST xDS through a real HTTP client (conformance rows 112 to 118). */
class RestServerTest {
  private static final String NODE1 = "{\"node\":{\"id\":\"node1\"}}";
  private static final String CLUSTERS = "/v3/discovery:clusters";
  private static final GroupSnapshot SERVED = RestFixture.SERVED;

  private RestFixture rest;

  @BeforeEach
  void serve() throws IOException {
    rest = new RestFixture();
  }

  @AfterEach
  void stop() {
    rest.close();
  }

  @Test
  void servesAllResourcesOfTheTypeAsJson() throws Exception {
    var answer = rest.post(CLUSTERS, NODE1);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(answer.body()).contains("\"versionInfo\"", "\"connectTimeout\"");
    assertThat(names(answer)).containsExactly("a", "b");
    assertThat(rest.parsed(answer).getTypeUrl()).isEqualTo(ResourceType.CLUSTER.typeUrl());
    assertThat(rest.parsed(answer).getVersionInfo())
        .isEqualTo(SERVED.version(ResourceType.CLUSTER));
  }

  @Test
  void servesTheNamesAskedFor() throws Exception {
    var answer =
        rest.post(CLUSTERS, "{\"node\":{\"id\":\"node1\"},\"resource_names\":[\"b\",\"x\",\"b\"]}");

    assertThat(names(answer)).containsExactly("b");
  }

  @Test
  void servesAllForAStar() throws Exception {
    var answer = rest.post(CLUSTERS, "{\"node\":{\"id\":\"node1\"},\"resourceNames\":[\"*\"]}");

    assertThat(names(answer)).containsExactly("a", "b");
    assertThat(rest.parsed(answer).getVersionInfo())
        .isEqualTo(SERVED.version(ResourceType.CLUSTER));
  }

  @Test
  void saysNothingNewToWhoHoldsTheVersion() throws Exception {
    var version = rest.parsed(rest.post(CLUSTERS, NODE1)).getVersionInfo();

    var answer =
        rest.post(
            CLUSTERS, "{\"node\":{\"id\":\"node1\"},\"version_info\":\"%s\"}".formatted(version));

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void servesAnotherChoiceToWhoHoldsTheVersionOfOne() throws Exception {
    var one = rest.post(CLUSTERS, "{\"node\":{\"id\":\"node1\"},\"resource_names\":[\"a\"]}");

    var answer =
        rest.post(
            CLUSTERS,
            "{\"node\":{\"id\":\"node1\"},\"version_info\":\"%s\",\"resource_names\":[\"a\",\"b\"]}"
                .formatted(rest.parsed(one).getVersionInfo()));

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
    var answer = rest.post("/v3/discovery:" + plural, NODE1);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(rest.parsed(answer).getVersionInfo()).isNotEmpty();
  }

  @Test
  void ignoresFieldsOfANewerEnvoy() throws Exception {
    var answer = rest.post(CLUSTERS, "{\"node\":{\"id\":\"node1\",\"shoe_size\":43},\"new\":true}");

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void readsABodyThatComesInChunks() throws Exception {
    var bytes = NODE1.getBytes(StandardCharsets.UTF_8);

    var answer =
        rest.send("POST", CLUSTERS, null, ofInputStream(() -> new ByteArrayInputStream(bytes)));

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
          POST /v3/discovery:virtual-hosts {"node":{"id":"node1"}} | | 404 | /v3/discovery:client_status)
          POST /v3/discovery:lb-endpoints {"node":{"id":"node1"}} | | 404 | /v3/discovery:client_status)
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

    var answer =
        rest.send(parts[0], parts[1], contentType, ofString(parts.length < 3 ? "" : parts[2]));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(sentence);
    if (status != 200) {
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
      assertThat(answer.body()).contains("\"status\":" + status + ",").startsWith("{\"title\":\"");
    }
  }

  @Test
  void saysWhichMethodIsAllowed() throws Exception {
    var answer = rest.send("DELETE", CLUSTERS, null, ofString(""));

    assertThat(answer.headers().firstValue("allow")).hasValue("POST");
  }

  @Test
  void answersDeeplyNestedJson() throws Exception {
    var answer = rest.post(CLUSTERS, "[".repeat(RestFixture.MAX_REQUEST));

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void tellsItsObserverOfEachFetch() throws Exception {
    rest.post(CLUSTERS, NODE1);

    var version = SERVED.version(ResourceType.CLUSTER);
    assertThat(rest.recorder.events())
        .containsExactly(
            "requested node1 clusters []",
            "responded node1 clusters " + version + " resources=2 removed=0");
  }

  @Test
  void namesTheAddressThatIsTaken() {
    try (var second = rest.server(rest.server.port())) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + rest.server.port());
    }
  }

  @Test
  void closesTwice() throws Exception {
    var port = rest.server.port();

    rest.server.close();
    rest.server.close();

    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
  }

  private List<String> names(HttpResponse<String> answer) throws Exception {
    return rest.parsed(answer).getResourcesList().stream()
        .map(any -> any.getValue().toStringUtf8().substring(2, 3))
        .toList();
  }
}
