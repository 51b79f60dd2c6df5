package myxds.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupState.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SnapshotAnswerTest {
  private Asking asking;

  @BeforeEach
  void start() throws IOException {
    asking = new Asking();
    asking.state =
        Sample.ready(
            Sample.group("node1", Standing.DEGRADED, Sample.SNAPSHOT),
            Sample.group("edge", Standing.REFUSED, null));
  }

  @AfterEach
  void close() {
    asking.close();
  }

  @Test
  void tellsWhatTheNodeIsServedAndWhereItComesFrom() throws Exception {
    var answer = ask("{\"id\":\"node1\",\"userAgentName\":\"envoy\",\"from_the_future\":1}");

    assertThat(answer.get("node").getAsString()).isEqualTo("node1");
    assertThat(answer.get("group").getAsString()).isEqualTo("node1");
    assertThat(answer.get("version").getAsString()).isEqualTo(Sample.SNAPSHOT.version());
    var listeners = answer.getAsJsonObject("types").getAsJsonObject("listeners");
    assertThat(listeners)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"version": "%s",
                 "resources": [{"name": "listener_0", "version": "%s",
                   "origin": "node1/a.yaml:20:1",
                   "resource": {
                     "@type": "type.googleapis.com/envoy.config.listener.v3.Listener",
                     "name": "listener_0"}}]}
                """
                    .formatted(
                        Sample.SNAPSHOT.version(ResourceType.LISTENER),
                        Sample.SNAPSHOT.ofType(ResourceType.LISTENER).all().getFirst().version())));
  }

  @Test
  void showsNoSecret() throws Exception {
    var answer = ask("{\"id\":\"node1\"}").toString();

    assertThat(answer)
        .contains("public chain")
        .contains("\"private_key\":{\"inline_string\":\"[redacted]\"}")
        .doesNotContain("a private key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{             | 400 | the body is not a node",
        "[]            | 400 | the body is not a node",
        "{\"id\":{}}   | 400 | the body is not a node",
        "{}            | 400 | the node has no id",
        "{\"id\":\"edge\"} | 404 | node edge belongs to group edge, which is not served",
        "{\"id\":\"who\"}  | 404 | node who belongs to group who, which is not served",
      })
  void saysWhyItHasNoAnswer(String body, int status, String detail) throws Exception {
    var answer = asking.post("/api/v1/snapshot", body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(detail);
  }

  @Test
  void refusesAnEmptyBody() throws Exception {
    assertThat(asking.post("/api/v1/snapshot", "").statusCode()).isEqualTo(400);
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    var answer = asking.post("/api/v1/snapshot", "x".repeat((1 << 20) + 1));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("expected: at most 1 MiB");
  }

  private JsonObject ask(String node) throws Exception {
    var answer = asking.post("/api/v1/snapshot", node);
    assertThat(answer.statusCode()).isEqualTo(200);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }
}
