package myxds.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PageFilesTest {
  private static final Path FOLDER = Path.of("src/main/resources/ui");
  private static final Pattern IMPORT =
      Pattern.compile("(?:import|from|href=|src=)\\s*[\"']([^\"'#]+\\.(?:js|css))[\"']");
  private static final int LINES_OF_A_FILE = 300;
  private static final int LENGTH_OF_A_LINE = 120;

  @Test
  void servesWhateverItsFilesImport() {
    var files = PageFiles.all();

    files.forEach(
        (path, file) -> assertThat(imports(path, file.body())).as(path).isSubsetOf(files.keySet()));
    assertThat(imports("/", body("/"))).contains("/app.js", "/base.css");
    assertThat(imports("/app.js", body("/app.js")))
        .contains("/fleet.js", "/lib/lit-html/lit-html.js");
  }

  @Test
  void servesEveryFileOfItsFolder() throws IOException {
    try (var folder = Files.list(FOLDER)) {
      var paths =
          folder
              .map(file -> "/" + file.getFileName())
              .map(path -> path.equals("/index.html") ? "/" : path)
              .collect(Collectors.toSet());

      assertThat(PageFiles.all().keySet()).containsAll(paths);
    }
  }

  @Test
  void keepsItsFilesShort() throws IOException {
    try (var folder = Files.list(FOLDER)) {
      for (var file : folder.toList()) {
        var lines = Files.readAllLines(file);
        assertThat(lines.size()).as(file.toString()).isLessThanOrEqualTo(LINES_OF_A_FILE);
        assertThat(lines.stream().filter(line -> line.length() > LENGTH_OF_A_LINE))
            .as(file.toString())
            .isEmpty();
      }
    }
  }

  private static String body(String path) {
    return Objects.requireNonNull(PageFiles.all().get(path), path).body();
  }

  private static List<String> imports(String path, String body) {
    return IMPORT
        .matcher(body)
        .results()
        .map((MatchResult found) -> URI.create(path).resolve(found.group(1)).toString())
        .toList();
  }
}
