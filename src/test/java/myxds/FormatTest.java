package myxds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** {@code mvn test -Dtest=FormatTest -Dformat=fix} formats instead of complaining. */
final class FormatTest {

  @Test
  void everySourceIsFormatted() throws Exception {
    boolean fix = "fix".equals(System.getProperty("format"));
    var wrong = new ArrayList<Path>();

    for (var file : Sources.all()) {
      var text = Files.readString(file);
      var formatted = format(text);
      if (!text.equals(formatted)) {
        wrong.add(file);
        if (fix) {
          Files.writeString(file, formatted);
        }
      }
    }

    assertThat(fix ? new ArrayList<Path>() : wrong)
        .as("not formatted; mend with: mvn test -Dtest=FormatTest -Dformat=fix")
        .isEmpty();
  }

  private static String format(String text) throws Exception {
    var tidy =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(tidy);
  }
}
