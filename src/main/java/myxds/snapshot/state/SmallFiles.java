package myxds.snapshot.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The single files of the state folder: written again if that failed or they were deleted. */
final class SmallFiles {
  private final Map<String, Writing> newest = new HashMap<>();
  private final Set<String> written = new HashSet<>();

  /** Writes the newest content of a file. */
  @FunctionalInterface
  interface Writing {
    void run() throws IOException;
  }

  /** Notes what a file holds that was read: it is written if it is deleted. */
  synchronized void known(String name, Writing writing) {
    newest.putIfAbsent(name, writing);
    written.add(name);
  }

  /** Writes a file; if that fails, {@link #mend} tries again. */
  synchronized void write(String name, Writing writing) throws IOException {
    newest.put(name, writing);
    written.remove(name);
    writing.run();
    written.add(name);
  }

  /** Notes that all files are gone. */
  synchronized void forget() {
    written.clear();
  }

  /** Writes the missing files again. */
  synchronized void mend(Path folder) throws IOException {
    for (var file : newest.entrySet()) {
      var name = file.getKey();
      if (!written.contains(name) || !Files.exists(folder.resolve(name))) {
        write(name, file.getValue());
      }
    }
  }
}
