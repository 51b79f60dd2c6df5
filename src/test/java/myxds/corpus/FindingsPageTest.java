package myxds.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on checking tells of each kind of finding what to do, and whether it is an error. */
final class FindingsPageTest {
  private static final Path PAGE = Path.of("docs/checking.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.*`) \\| (e|w|e/w) \\| .+ \\|$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern SAID =
      Pattern.compile("[^:]+(?::\\d+)*: (error|warning): (.*)", Pattern.DOTALL);

  /** Capitals stand for what differs, but for these. */
  private static final Pattern CAPITALS = Pattern.compile("(?<![\\w-])[A-Z]+(?![\\w-])");

  private static final Set<String> WORDS = Set.of("YAML", "PEM", "RSA");

  /** One wording in the tables. */
  private record Kind(Pattern words, String severity) {
    boolean covers(String severity, String message) {
      return this.severity.contains(severity.substring(0, 1)) && words.matcher(message).matches();
    }
  }

  @Test
  void tellsOfEachFindingOfTheCorpus() throws IOException {
    var kinds = kinds();
    var said = new ArrayList<String>();
    for (var folder : List.of("faulty", "good")) {
      for (var one : CorpusCase.all(folder)) {
        said.addAll(one.said());
      }
    }

    assertThat(said).hasSizeGreaterThan(100);
    assertThat(said.stream().filter(line -> kinds.stream().noneMatch(kind -> covers(kind, line))))
        .isEmpty();
  }

  private static boolean covers(Kind kind, String line) {
    var parts = SAID.matcher(line);
    return parts.matches() && kind.covers(parts.group(1), parts.group(2));
  }

  private static List<Kind> kinds() throws IOException {
    return ROW.matcher(Files.readString(PAGE)).results().flatMap(FindingsPageTest::ofRow).toList();
  }

  private static Stream<Kind> ofRow(MatchResult row) {
    return CODE.matcher(row.group(1))
        .results()
        .map(code -> new Kind(pattern(code.group(1)), row.group(2)));
  }

  /** A name may be offered behind it, or more told. */
  private static Pattern pattern(String words) {
    var regex = new StringBuilder();
    int from = 0;
    for (var capitals : CAPITALS.matcher(words).results().toList()) {
      if (!WORDS.contains(capitals.group())) {
        regex.append(literal(words.substring(from, capitals.start())));
        regex.append(capitals.group().equals("FIELD") ? "[^\\s:]+" : ".+");
        from = capitals.end();
      }
    }
    regex.append(literal(words.substring(from)));
    return Pattern.compile(
        regex + "( \\(did you mean .*\\)| in group .*|, as did .*)?", Pattern.DOTALL);
  }

  private static String literal(String text) {
    return Pattern.quote(text).replace("…", "\\E.+\\Q");
  }
}
