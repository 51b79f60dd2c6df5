package myxds.resource;

import java.util.Comparator;

/**
 * A place in a document.
 *
 * @param file path relative to the configuration directory, with {@code /}
 * @param line from 1; 0 when only the file is known
 * @param column from 1; 0 when only the line is known
 */
public record Origin(String file, int line, int column) implements Comparable<Origin> {
  private static final Comparator<Origin> ORDER =
      Comparator.comparing(Origin::file)
          .thenComparingInt(Origin::line)
          .thenComparingInt(Origin::column);

  /** The file as a whole. */
  public static Origin of(String file) {
    return new Origin(file, 0, 0);
  }

  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }

  /** As compilers write it: {@code file:line:column}, without the parts that are not known. */
  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
