package myxds.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every row, on this program. {@code -Dconformance.row=17} runs one of them; {@link
 * ConformanceReport} compares servers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConformanceTest {
  private final EngineSubject subject;

  ConformanceTest() throws IOException {
    subject = new EngineSubject();
  }

  @AfterAll
  void stop() {
    subject.close();
  }

  @TestFactory
  Stream<DynamicTest> holdsOnThisProgram() {
    int only = Integer.getInteger("conformance.row", 0);
    return Check.all().stream()
        .filter(check -> only == 0 || check.row() == only)
        .map(check -> DynamicTest.dynamicTest(check.method().getName(), () -> check.run(subject)));
  }

  /** Another server is not at hand: this program plays one that knows nothing of the kit. */
  @Test
  void tellsOfAServerWhoseStateIsNotOursToChange() throws IOException {
    try (var server = new EngineSubject(EngineSubject.RULES, node -> "everybody")) {
      server.set("everybody", Sample.standard());
      var remote = new RemoteSubject(server.host() + ":" + server.port());

      var verdicts = Check.all().stream().map(check -> Verdict.of(check, remote)).toList();

      assertThat(verdicts).filteredOn(Verdict.Fails.class::isInstance).isEmpty();
      assertThat(verdicts).filteredOn(Verdict.Holds.class::isInstance).hasSizeGreaterThan(25);
    }
  }

  @Test
  void thePageTellsOfEveryRow() throws IOException {
    var page = Files.readString(Page.PATH);

    assertThat(Check.all())
        .allSatisfy(check ->
            assertThat(page).contains("| %d | %s |".formatted(check.row(), check.sentence())));
  }

  @Test
  void everyRowSaysItsNumberAndASentence() {
    assertThat(Check.all()).allSatisfy(check -> assertThat(check.sentence()).contains(" "));
  }
}
