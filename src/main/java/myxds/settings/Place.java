package myxds.settings;

/**
 * Where a setting was found.
 *
 * @param source the path of the settings file, a flag, a variable or {@code default}
 * @param line from 1; 0 when only the source is known
 * @param column from 1; 0 when only the source is known
 */
public record Place(String source, int line, int column) {

  static Place of(String source) {
    return new Place(source, 0, 0);
  }

  /** Returns whether it is in the settings file, rather than a flag or a variable. */
  public boolean isInFile() {
    return source.endsWith(SettingsReader.FILE);
  }

  /** The beginning of a message: {@code config/my-xds.yaml:3:9}, {@code --grpc-port}. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
