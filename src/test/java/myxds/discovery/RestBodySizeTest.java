package myxds.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestBodySizeTest {
  private static final String NODE1 = "{\"node\":{\"id\":\"node1\"}}";
  private static final String CLUSTERS = "/v3/discovery:clusters";

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
  void refusesALargeBody() throws Exception {
    var answer = rest.post(CLUSTERS, " ".repeat(RestFixture.MAX_REQUEST + 1));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("at most " + RestFixture.MAX_REQUEST + " bytes");
  }

  @Test
  void takesABodyOfTheLargestSize() throws Exception {
    var answer = rest.post(CLUSTERS, NODE1 + " ".repeat(RestFixture.MAX_REQUEST - NODE1.length()));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void refusesALargeBodyThatIsOnlyAnnounced() throws Exception {
    assertThat(rest.statusLine("Content-Length: 1099511627776\r\n\r\n")).isEqualTo("HTTP/1.1 413");
  }

  @Test
  void refusesALargeBodyInChunks() throws Exception {
    var chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";

    assertThat(rest.statusLine("Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(3)))
        .isEqualTo("HTTP/1.1 413");
  }
}
