package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The API is as its own description says, asked by a tool that knows nothing else of it, about a
 * fleet in which somebody refuses. {@code -Dopenapi.seed=7 -Dopenapi.examples=500}.
 */
final class OpenApiTest {
  private static final String SEED = System.getProperty("openapi.seed", "1");
  private static final String EXAMPLES = System.getProperty("openapi.examples", "25");

  @TempDir private Path folder;

  @Test
  void answersAsItsDescriptionSays() throws Exception {
    var schemathesis = Tool.schemathesis().in(folder);
    try (var trio = Trio.start(folder)) {
      trio.refuse();

      var verdict =
          schemathesis.run(
              Path.of("/dev/null"),
              "run",
              "--checks=all",
              // They never end.
              "--exclude-path=/api/v1/events",
              "--seed=" + SEED,
              "--max-examples=" + EXAMPLES,
              trio.url() + "/api/v1/openapi.json");

      assertThat(verdict.exitCode()).as(verdict.said()).isZero();
      assertThat(verdict.said()).contains("Tested: 18");
    }
  }
}
