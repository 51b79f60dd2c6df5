package myxds.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import myxds.snapshot.Approval;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApproveTest {
  private Asking asking;

  @BeforeEach
  void start() throws IOException {
    asking = new Asking();
  }

  @AfterEach
  void close() {
    asking.close();
  }

  @Test
  void passesOnWhatIsMeantAndAnswersWithWhatIsServedNow() throws Exception {
    asking.approval = new Approval.Approved(new TreeMap<>(Map.of("edge", "3f9a")));

    var answer = asking.post("/api/v1/approve", "{\"group\": \"edge\", \"version\": \"3f9a\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"approved\":[{\"group\":\"edge\",\"version\":\"3f9a\"}]}\n");
    assertThat(asking.approvals).containsExactly("edge 3f9a");
  }

  @Test
  void meansEverythingWithoutABody() throws Exception {
    var answer = asking.post("/api/v1/approve", "");

    assertThat(asking.approvals).containsExactly("null null");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("nothing is held");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | the body is no object",
        "{ | the body is not JSON",
        "{\"grup\": \"a\"} | the body has other keys",
        "{\"group\": 1} | is no text",
      })
  void doesNothingOnWordsThatItDoesNotUnderstand(String body, String says) throws Exception {
    var answer = asking.post("/api/v1/approve", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(says);
    assertThat(asking.approvals).isEmpty();
  }

  @Test
  void doesNotLetAPageOfAnotherOriginApprove() throws Exception {
    var answer =
        asking.send("POST", "/api/v1/approve", "{}", "Origin", "https://elsewhere.example");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(asking.approvals).isEmpty();
  }
}
