package myxds.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of reading the settings. */
public sealed interface Reading {

  /**
   * Settings to run with.
   *
   * @param values every key with its value
   * @param text the content of the settings file; null if there is no such file
   */
  record Accepted(Settings settings, List<Value> values, @Nullable String text) implements Reading {

    public Accepted {
      values = List.copyOf(values);
    }

    /** The value of a key that there is. */
    public Value value(String key) {
      return values.stream().filter(value -> value.key().equals(key)).findFirst().orElseThrow();
    }

    /** Every key, its value and the origin of the value, a line each. */
    public String table() {
      int keys = values.stream().mapToInt(value -> value.key().length()).max().orElse(1);
      int texts = values.stream().mapToInt(value -> value.text().length()).max().orElse(1);
      var format = "%-" + keys + "s  %-" + texts + "s  %s\n";
      var lines = new StringBuilder();
      values.forEach(
          value -> lines.append(format.formatted(value.key(), value.text(), value.origin())));
      return lines.toString();
    }
  }

  /**
   * Something is wrong.
   *
   * @param faults all that is
   * @param known the settings that could be read, with defaults for the others
   */
  record Refused(List<Fault> faults, Settings known) implements Reading {

    public Refused {
      faults = List.copyOf(faults);
    }

    /** All faults, each in one line that begins with its place. */
    public List<String> messages() {
      return faults.stream().map(Fault::toString).toList();
    }
  }

  /** Something that is wrong, in a sentence without a full stop. */
  record Fault(Place place, String message) {

    @Override
    public String toString() {
      return place + ": " + message;
    }
  }

  /**
   * The text of one value and where it was found.
   *
   * @param text as it was written
   * @param origin in short: {@code my-xds.yaml:3}, {@code --grpc-port}
   */
  record Value(String key, String text, String origin, Place place) {}
}
