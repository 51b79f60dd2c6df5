package myxds.snapshot.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The files of the folder that hold one thing each: written again when they could not be, or are
 * gone.
 */
final class SmallFiles {
  private final Map<String, Writing> newest = new HashMap<>();
  private final Set<String> written = new HashSet<>();

  /** Writes a file as it is to be now. */
  @FunctionalInterface
  interface Writing {
    void run() throws IOException;
  }

  /** Writes it now; if that fails, {@link #mend} tries it again. */
  synchronized void write(String name, Writing writing) throws IOException {
    newest.put(name, writing);
    written.remove(name);
    writing.run();
    written.add(name);
  }

  /** None of them is there any more. */
  synchronized void forget() {
    written.clear();
  }

  /** Writes again what is not there. */
  synchronized void mend(Path folder) throws IOException {
    for (var file : newest.entrySet()) {
      var name = file.getKey();
      if (!written.contains(name) || !Files.exists(folder.resolve(name))) {
        write(name, file.getValue());
      }
    }
  }
}
