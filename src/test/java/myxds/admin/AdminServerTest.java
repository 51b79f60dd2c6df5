package myxds.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupState.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdminServerTest {
  private Asking asking;

  @BeforeEach
  void start() throws IOException {
    asking = new Asking();
    asking.state =
        Sample.ready(
            Sample.group("node1", Standing.PUBLISHED, Sample.SNAPSHOT),
            Sample.group("edge", Standing.REFUSED, null));
  }

  @AfterEach
  void close() {
    asking.close();
  }

  @Test
  void servesTheMetersAsTheyAreWritten() throws Exception {
    var answer = asking.get("/metrics");

    assertThat(answer.body()).isEqualTo("a_meter 1\n");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4");
  }

  @Test
  void listsGroups() throws Exception {
    asking.connect("node1", "node1");
    asking.connect("x", "elsewhere");

    var groups = asking.json("/api/v1/groups");

    var version = Sample.SNAPSHOT.version();
    assertThat(groups)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"groups": [
                  {"name": "edge", "state": "refused", "version": null, "published_at": null,
                   "nodes": 0, "in_sync": 0, "behind": 0, "refusing": 0, "types": {}},
                  {"name": "node1", "state": "published", "version": "%s",
                   "published_at": "2026-11-23T12:00:00Z", "nodes": 1,
                   "in_sync": 0, "behind": 0, "refusing": 0,
                   "types": {"clusters": {"version": "%s", "count": 2},
                             "listeners": {"version": "%s", "count": 1},
                             "secrets": {"version": "%s", "count": 1}}}]}
                """
                    .formatted(
                        version,
                        Sample.SNAPSHOT.version(ResourceType.CLUSTER),
                        Sample.SNAPSHOT.version(ResourceType.LISTENER),
                        Sample.SNAPSHOT.version(ResourceType.SECRET))));
  }

  @Test
  void listsNodes() throws Exception {
    asking.connect("node1", "edge");

    var nodes = asking.json("/api/v1/nodes");

    assertThat(nodes)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"nodes": [{"id": "node1", "cluster": "edge", "group": "edge",
                  "envoy": "1.40.0", "address": "127.0.0.1:53412", "shared": 1,
                  "connected_at": "2026-11-23T12:00:00Z", "last_seen": "2026-11-23T12:00:00Z",
                  "state": "unmatched", "transports": ["ads-delta"],
                  "desired_version": "", "served_version": "", "types": {}}],
                 "counts": {"in_sync": 0, "behind": 0, "refusing": 0, "unmatched": 1, "gone": 0},
                 "total": 1, "next": null}
                """));
  }

  @Test
  void listsProblemsWithTheirPlaces() throws Exception {
    asking.state =
        Sample.withProblems(
            asking.state,
            Problem.error(new Origin("_common/a.yaml", 12, 7), "bad")
                .in(new ResourceId(ResourceType.LISTENER, "listener_0")),
            Problem.warning(Origin.of("b.yaml"), "odd"));

    var problems = asking.json("/api/v1/problems");

    assertThat(problems)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"problems": [
                  {"group": "_common", "file": "_common/a.yaml", "line": 12, "column": 7,
                   "severity": "error", "message": "bad",
                   "resource": {"type": "listeners", "name": "listener_0"}},
                  {"group": null, "file": "b.yaml", "line": null, "column": null,
                   "severity": "warning", "message": "odd", "resource": null}]}
                """));
  }

  @Test
  void listsAnUnreadableSourceAsAProblem() throws Exception {
    asking.state = Sample.withTrouble(asking.state, "the directory is gone");

    var problems = asking.json("/api/v1/problems").getAsJsonArray("problems");

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).getAsJsonObject().get("message").getAsString())
        .isEqualTo("the directory is gone");
  }

  @ParameterizedTest
  @CsvSource({
    "/nothing, GET, 404,",
    "/api/v1, GET, 404,",
    "/api/v1/groups, POST, 405, 'GET, HEAD'",
    "/api/v1/groups, DELETE, 405, 'GET, HEAD'",
    "/api/v1/snapshot, GET, 405, POST",
  })
  void refusesInAnswersOfOneShape(String path, String method, int status, String allow)
      throws Exception {
    var answer = asking.send(method, path, "");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Allow").orElse(null)).isEqualTo(allow);
    var problem = problem(answer);
    assertThat(problem).contains("\"status\":" + status).contains("\"title\":\"").contains(path);
  }

  @Test
  void answersHeadAsGetWithoutABody() throws Exception {
    var get = asking.get("/api/v1/groups");
    var head = asking.send("HEAD", "/api/v1/groups", "");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"));
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/app.js, text/javascript; charset=utf-8",
    "/base.css, text/css; charset=utf-8",
    "/lib/lit-html/lit-html.js, text/javascript; charset=utf-8",
    "/lib/uplot/uPlot.min.css, text/css; charset=utf-8",
  })
  void servesThePageOnceForAsLongAsItIsTheSame(String path, String contentType) throws Exception {
    var first = asking.get(path);
    var tag = first.headers().firstValue("ETag").orElseThrow();
    var second = asking.send("GET", path, "", "If-None-Match", tag);

    assertThat(first.headers().firstValue("Content-Type")).hasValue(contentType);
    assertThat(first.body()).isNotEmpty();
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }

  @Test
  void letsThePageRunOnlyItsOwnScripts() throws Exception {
    var answer = asking.get("/");

    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.body()).doesNotContain("<style").doesNotContain("http://");
    assertThat(answer.body().split("<script", -1)).hasSize(2);
    assertThat(answer.body()).contains("<script src=\"app.js\" type=\"module\"></script>");
  }

  @Test
  void namesTheAddressThatItCannotHave() {
    var port = asking.server.port();

    try (var second = asking.on(port)) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen on 127.0.0.1:%d: Address already in use", port);
    }
  }

  @Test
  void listensNoMoreAfterItsEnd() throws Exception {
    var second = asking.on(0);
    var port = second.start();

    second.close();
    second.close();

    assertThat(second.port()).isEqualTo(-1);
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  private static String problem(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    return answer.body();
  }
}
