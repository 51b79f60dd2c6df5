package myxds;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import myxds.cli.CheckReport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page on checking shows is what is said: files of a group, and then the findings. */
final class CheckingPageTest {
  private static final Path PAGE = Path.of("docs/checking.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("((?:```yaml\n# node1/.*?```\n)+)```\n(.*?)```\n", Pattern.DOTALL);
  private static final Pattern FILE =
      Pattern.compile("```yaml\n(# (node1/\\S+)\n.*?)```\n", Pattern.DOTALL);

  @TempDir private Path folder;

  /** The files of an example by their paths, and the lines that follow them. */
  record Example(Map<String, String> files, List<String> findings) {}

  static List<Example> examples() throws IOException {
    var examples = new ArrayList<Example>();
    var example = EXAMPLE.matcher(Files.readString(PAGE));
    while (example.find()) {
      var files = new TreeMap<String, String>();
      FILE.matcher(example.group(1))
          .results()
          .forEach(file -> files.put(file.group(2), file.group(1)));
      examples.add(new Example(files, example.group(2).lines().toList()));
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void showsWhatIsSaid(Example example) throws IOException {
    for (var file : example.files.entrySet()) {
      var path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }

    var report = new CheckRun(Map.of()).check(Map.of("config", folder.toString()));

    assertThat(report)
        .isInstanceOfSatisfying(
            CheckReport.Checked.class,
            checked ->
                assertThat(checked.problems().stream().map(Object::toString).collect(joining("\n")))
                    .isEqualTo(String.join("\n", example.findings)));
  }
}
