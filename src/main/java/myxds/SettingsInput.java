package myxds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import myxds.settings.Place;
import myxds.settings.Reading;
import myxds.settings.Reading.Accepted;
import myxds.settings.Reading.Fault;
import myxds.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of the settings besides the settings file.
 *
 * @param flags by settings key
 */
record SettingsInput(Map<String, String> flags, Map<String, String> environment) {

  SettingsInput {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /** Reads the settings. */
  Reading read() {
    return SettingsReader.read(flags, environment);
  }

  /**
   * Reads the settings; a settings file that is missing together with everything else in its
   * directory is a fault: a volume that is not mounted must not reset the settings to the defaults.
   *
   * @param last the last valid content of the file; null if there was no file
   */
  Reading read(@Nullable String last) {
    var now = read();
    return now instanceof Accepted accepted
            && accepted.text() == null
            && last != null
            && !last.isBlank()
            && isEmpty(accepted.settings().config())
            && of(last) instanceof Accepted
        ? emptied(accepted)
        : now;
  }

  /** Reads the settings as if the settings file had this content. */
  Reading of(String text) {
    return SettingsReader.read(flags, environment, text);
  }

  private static Reading emptied(Accepted accepted) {
    var file = accepted.settings().config().resolve(SettingsReader.FILE);
    return new Reading.Refused(
        List.of(
            new Fault(
                new Place(file.toString(), 0, 0),
                "is missing, as is everything else in its directory")),
        accepted.settings());
  }

  /** Returns whether the directory has no visible file, or none can be opened. */
  private static boolean isEmpty(Path directory) {
    if (!Files.isExecutable(directory)) {
      return true;
    }
    try (var files = Files.list(directory)) {
      return files.allMatch(file -> file.getFileName().toString().startsWith("."));
    } catch (IOException e) {
      return true;
    }
  }
}
