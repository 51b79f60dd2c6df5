package myxds.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is measured and how, from the command line. */
final class Plan {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "subjects", "ours,stock",
          "protocols", "delta,sotw",
          "streams", "2000",
          "resources", "1000",
          "warmup", "10",
          "rounds", "20",
          "cores", "shared",
          "jvm", "-XX:+UseParallelGC -Xms1g -Xmx1g --enable-native-access=ALL-UNNAMED");

  private final Map<String, String> values = new HashMap<>(DEFAULTS);
  private final Path load;

  /**
   * The first word is the load client's binary; the others, {@code name=value}, change defaults.
   */
  Plan(String[] words) {
    load = Path.of(words[0]);
    for (var word : List.of(words).subList(1, words.length)) {
      var parts = word.split("=", 2);
      if (parts.length != 2 || values.replace(parts[0], parts[1]) == null) {
        throw new IllegalArgumentException(
            word + " (expected: name=value, a name of " + DEFAULTS.keySet() + ")");
      }
    }
  }

  Path load() {
    return load;
  }

  /** The servers; all are compared with the first. */
  List<String> subjects() {
    return List.of(text("subjects").split(","));
  }

  /**
   * What the server's command begins with, and the clients': nothing, or a core for the one and the
   * rest for the others, so that neither takes the other's time.
   */
  List<String> placement(boolean server) {
    return switch (text("cores")) {
      case "shared" -> List.of();
      case "split" -> List.of("taskset", "-c", server ? "0" : "1-" + lastCore());
      default -> throw new IllegalArgumentException("cores (expected: shared or split)");
    };
  }

  private static int lastCore() {
    return Runtime.getRuntime().availableProcessors() - 1;
  }

  List<String> protocols() {
    return List.of(text("protocols").split(","));
  }

  /** How many clients, one stream and one connection each. */
  int streams() {
    return number("streams");
  }

  /** How many clusters every client is served. */
  int resources() {
    return number("resources");
  }

  /** How many rounds come before those that count. */
  int warmup() {
    return number("warmup");
  }

  int rounds() {
    return number("rounds");
  }

  /** Flags for every server in Java; Parallel is the collector that suits the library best. */
  String jvm() {
    return text("jvm");
  }

  private String text(String name) {
    return values.getOrDefault(name, "");
  }

  private int number(String name) {
    int number = Integer.parseInt(text(name));
    if (number < 1) {
      throw new IllegalArgumentException(name + "=" + number + " (expected: 1 or more)");
    }
    return number;
  }
}
