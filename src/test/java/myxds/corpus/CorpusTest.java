package myxds.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import myxds.peer.EnvoyBinary;
import myxds.resource.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations that are wrong in one way each, and such as Envoy's documentation has: the gate
 * says of each exactly what is expected, at the place where it stands, and a real Envoy agrees.
 */
final class CorpusTest {
  private static final Pattern LINE = Pattern.compile("(\\S+: (?:error|warning): )(.*)");

  static List<CorpusCase> faulty() throws IOException {
    return CorpusCase.all("faulty");
  }

  static List<CorpusCase> good() throws IOException {
    return CorpusCase.all("good");
  }

  @Test
  void isLarge() throws IOException {
    assertThat(faulty()).hasSizeGreaterThanOrEqualTo(120);
    assertThat(good()).hasSizeGreaterThanOrEqualTo(40);
  }

  @ParameterizedTest
  @MethodSource("faulty")
  void saysWhatIsWrongAndWhere(CorpusCase one) throws IOException {
    var expected = one.expected();
    var said = new ArrayList<>(one.said());
    if (expected.stream().anyMatch(line -> line.contains("Envoy refuses it"))) {
      one.asked(envoy()).forEach(problem -> said.add(problem.toString()));
    }

    assertThat(expected).isNotEmpty();
    assertSaid(said, expected);
  }

  @ParameterizedTest
  @MethodSource("faulty")
  void agreesWithEnvoyOnWhatIsWrong(CorpusCase one) throws IOException {
    var verdict = one.verdict();

    assertThat(verdict).matches("refuses it|(takes it|not asked): .+");
    if (!verdict.startsWith("not asked")) {
      assertThat(one.asked(envoy()).stream().anyMatch(Problem::isError))
          .isEqualTo(verdict.equals("refuses it"));
    }
  }

  @ParameterizedTest
  @MethodSource("good")
  void hasNothingAgainstWhatIsRight(CorpusCase one) throws IOException {
    assertThat(one.expected()).noneMatch(line -> line.contains(": error: "));
    assertSaid(one.said(), one.expected());
  }

  @ParameterizedTest
  @MethodSource("good")
  void agreesWithEnvoyOnWhatIsRight(CorpusCase one) throws IOException {
    assertThat(one.asked(envoy())).isEmpty();
  }

  private static void assertSaid(List<String> said, List<String> expected) {
    assertThat(said).as("said").hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      var line = LINE.matcher(expected.get(i));
      assertThat(line.matches()).as(expected.get(i)).isTrue();
      assertThat(said.get(i)).startsWith(line.group(1)).contains(line.group(2));
    }
  }

  private static Path envoy() {
    return EnvoyBinary.require();
  }
}
