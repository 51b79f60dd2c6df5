package myxds.snapshot.state;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A single file of the state folder.
 *
 * @param <T> its content
 */
interface SmallFile<T> {
  Path path();

  /**
   * Reads the file; returns the empty content when there is no such file.
   *
   * @throws IOException if it cannot be read or understood
   */
  T read() throws IOException;

  /**
   * Replaces the file.
   *
   * @throws IOException if it cannot be written; what was there stays
   */
  void write(T content) throws IOException;
}
