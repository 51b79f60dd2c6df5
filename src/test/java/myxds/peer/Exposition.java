package myxds.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What {@code /metrics} answered. */
record Exposition(String text) {
  private static final Pattern SERIES =
      Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");

  record Series(String metric, Map<String, String> labels) {}

  List<Series> series() {
    var all = new ArrayList<Series>();
    SERIES
        .matcher(text)
        .results()
        .forEach(found -> {
          var labels = new TreeMap<String, String>();
          if (found.group(2) != null) {
            LABEL
                .matcher(found.group(2))
                .results()
                .forEach(label -> labels.put(label.group(1), label.group(2)));
          }
          all.add(new Series(found.group(1), labels));
        });
    return all;
  }

  /** Names as they are asked for: of a histogram those with its endings. */
  Set<String> metrics() {
    var names = new TreeSet<String>();
    series().forEach(one -> names.add(one.metric));
    return names;
  }

  /** Families with their types. */
  Map<String, String> types() {
    var types = new TreeMap<String, String>();
    TYPE.matcher(text).results().forEach(found -> types.put(found.group(1), found.group(2)));
    return types;
  }

  /** The labels of a family; of a histogram without its own. */
  Set<String> labels(String family) {
    var labels = new TreeSet<String>();
    series().stream()
        .filter(one -> one.metric.equals(family) || one.metric.equals(family + "_bucket"))
        .forEach(one -> labels.addAll(one.labels.keySet()));
    labels.remove("le");
    return labels;
  }
}
