package myxds.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A PromQL expression, as far as the names in it go. */
record Query(String text) {
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool");
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([^}]*)}", Pattern.DOTALL);
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?!\\s*\\()");

  /** A series that is asked for, with the labels that are and, for exact ones, their values. */
  record Selector(String metric, Map<String, String> exact, Set<String> labels) {}

  /** All metrics. */
  Set<String> metrics() {
    var bare =
        text.replaceAll("(?s)\\{[^}]*}|\\[[^\\]]*]|\"[^\"]*\"|(by|without)\\s*\\([^)]*\\)", " ")
            .replaceAll("\\b\\d+[smhdw]?\\b", " ");
    var names = new TreeSet<String>();
    NAME.matcher(bare)
        .results()
        .map(found -> found.group())
        .filter(name -> !WORDS.contains(name))
        .forEach(names::add);
    return names;
  }

  List<Selector> selectors() {
    var selectors = new ArrayList<Selector>();
    SELECTOR
        .matcher(text)
        .results()
        .forEach(found -> {
          var exact = new TreeMap<String, String>();
          var labels = new TreeSet<String>();
          MATCHER
              .matcher(found.group(2))
              .results()
              .forEach(matcher -> {
                labels.add(matcher.group(1));
                if (!matcher.group(2).endsWith("~")) {
                  exact.put(matcher.group(1), matcher.group(3));
                }
              });
          selectors.add(new Selector(found.group(1), exact, labels));
        });
    return selectors;
  }
}
