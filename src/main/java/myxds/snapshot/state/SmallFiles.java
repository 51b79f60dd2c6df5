package myxds.snapshot.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The single files of the state folder: written again if that failed or they were deleted. */
final class SmallFiles {
  private static final Logger log = LoggerFactory.getLogger(SmallFiles.class);

  private final Writing take;
  private final Map<String, Writing> newest = new HashMap<>();
  private final Set<String> written = new HashSet<>();

  /** Writes something. */
  @FunctionalInterface
  interface Writing {
    void run() throws IOException;
  }

  /**
   * @param take takes the folder, before a file is written, if it is not taken or was lost
   */
  SmallFiles(Writing take) {
    this.take = take;
  }

  /** Reads a file; one that is damaged is put aside. */
  <T> T read(SmallFile<T> file, T otherwise) {
    try {
      var content = file.read();
      if (Files.exists(file.path())) {
        known(name(file), () -> file.write(content));
      }
      return content;
    } catch (CorruptFile e) {
      putAside(e);
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("file", file.path())
          .addKeyValue("reason", e.toString())
          .log("could not read a file of the state folder");
    }
    return otherwise;
  }

  private synchronized void known(String name, Writing writing) {
    newest.putIfAbsent(name, writing);
    written.add(name);
  }

  private static void putAside(CorruptFile damaged) {
    var file = damaged.file();
    try {
      var aside = file.resolveSibling(file.getFileName() + ".corrupt");
      Disk.putAside(file, aside, String.valueOf(damaged.getMessage()));
    } catch (IOException e) {
      log.atWarn().addKeyValue("reason", e.toString()).log("could not put a damaged file aside");
    }
  }

  /** Writes a file; if that fails, {@link #mend} tries again. */
  <T> void write(SmallFile<T> file, T content) throws IOException {
    write(name(file), () -> file.write(content));
  }

  /** Writes a file of any kind, as {@link #write(SmallFile, Object)} does. */
  synchronized void write(String name, Writing writing) throws IOException {
    newest.put(name, writing);
    written.remove(name);
    take.run();
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

  private static String name(SmallFile<?> file) {
    return String.valueOf(file.path().getFileName());
  }
}
