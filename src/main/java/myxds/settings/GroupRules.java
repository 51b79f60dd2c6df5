package myxds.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import myxds.settings.Settings.Group;
import myxds.settings.Settings.OnNack;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code groups:}, a list of {@code {name, match}}. */
final class GroupRules {
  static final String NAME_EXPECTED = "the name of a folder, not _common";

  private static final String RULE_EXPECTED = "{name: edge, match: {id: \"edge-*\"}}";
  private static final String MATCH_EXPECTED = "at least one of id, cluster, locality, metadata";
  private static final String PATTERN_EXPECTED = "a text to match, * is any run of characters";
  private static final List<String> MATCHED =
      List.of(
          "id", "cluster", "locality.region", "locality.zone", "locality.sub_zone", "metadata.KEY");

  private final Places places;
  private final List<Group> groups = new ArrayList<>();

  private GroupRules(Places places) {
    this.places = places;
  }

  /** The rules that are right; what is wrong with the others is a problem of the places. */
  static List<Group> read(Entry entry, Places places) {
    var rules = new GroupRules(places);
    if (entry.value() instanceof SequenceNode list) {
      var nodes = list.getValue();
      for (int i = 0; i < nodes.size(); i++) {
        rules.rule(entry.path() + "[" + i + "]", nodes.get(i));
      }
    } else if (!YamlTree.isNull(entry.value())) {
      places.problem(entry.value(), "groups is not a list (expected: - " + RULE_EXPECTED + ")");
    }
    return rules.groups;
  }

  /** The rules in one line, as flow YAML. */
  static String text(List<Group> groups) {
    return groups.stream().map(GroupRules::text).collect(Collectors.joining(", ", "[", "]"));
  }

  static boolean isGroupName(String text) {
    return !text.isBlank()
        && !text.startsWith(".")
        && !text.equals("_common")
        && text.chars().noneMatch(c -> c == '/' || Character.isISOControl(c));
  }

  private static String text(Group group) {
    var onNack = group.onNack() == null ? "" : ", on_nack: " + OnNackText.text(group.onNack());
    return "{name: %s, match: %s%s}".formatted(group.name(), text(group.patterns()), onNack);
  }

  private static String text(Map<String, String> patterns) {
    return new TreeMap<>(patterns)
        .entrySet().stream()
            .map(pattern -> pattern.getKey() + ": " + pattern.getValue())
            .collect(Collectors.joining(", ", "{", "}"));
  }

  private void rule(String path, Node node) {
    if (!(node instanceof MappingNode)) {
      places.problem(node, path + " is not a mapping (expected: " + RULE_EXPECTED + ")");
      return;
    }
    var fields = new HashMap<String, Entry>();
    for (var entry : places.entries(path, node, RULE_EXPECTED)) {
      fields.put(entry.path(), entry);
      var known = List.of(path + ".name", path + ".match", path + ".on_nack");
      if (!known.contains(entry.path())) {
        places.unknown(entry, known);
      }
    }
    var name = name(path, node, fields.get(path + ".name"));
    var patterns = patterns(path, node, fields.get(path + ".match"));
    var onNack = onNack(fields.get(path + ".on_nack"));
    if (name != null && !patterns.isEmpty()) {
      groups.add(new Group(name, patterns, onNack, places.place(node)));
    }
  }

  private @Nullable String name(String path, Node rule, @Nullable Entry entry) {
    if (entry == null) {
      places.problem(rule, path + " has no name (expected: " + RULE_EXPECTED + ")");
      return null;
    }
    if (entry.value() instanceof ScalarNode name && isGroupName(name.getValue())) {
      return name.getValue();
    }
    places.problem(entry.value(), entry.path() + " is no name (expected: " + NAME_EXPECTED + ")");
    return null;
  }

  private @Nullable OnNack onNack(@Nullable Entry entry) {
    if (entry == null) {
      return null;
    }
    var read = OnNackText.of(entry.value()).flatMap(OnNackText::parse);
    if (read.isEmpty()) {
      places.problem(
          entry.value(),
          entry.path() + " is not understood (expected: " + OnNackText.EXPECTED + ")");
    }
    return read.orElse(null);
  }

  private Map<String, String> patterns(String path, Node rule, @Nullable Entry entry) {
    var patterns = new HashMap<String, String>();
    int before = places.problems().size();
    if (entry != null) {
      match(entry.path() + ".", entry, patterns);
    }
    if (patterns.isEmpty() && places.problems().size() == before) {
      var at = entry == null ? rule : entry.value();
      places.problem(at, path + " matches nothing (expected: match with " + MATCH_EXPECTED + ")");
    }
    return patterns;
  }

  /** Takes the patterns out of {@code match} or of a section in it. */
  private void match(String prefix, Entry section, Map<String, String> patterns) {
    for (var entry : places.entries(section.path(), section.value(), MATCH_EXPECTED)) {
      var key = entry.path().substring(prefix.length());
      if (key.equals("locality") || key.equals("metadata")) {
        match(prefix, entry, patterns);
      } else if (!MATCHED.contains(key) && !key.startsWith("metadata.")) {
        places.unknown(entry, MATCHED.stream().map(prefix::concat).toList());
      } else if (entry.value() instanceof ScalarNode text && !YamlTree.isNull(text)) {
        patterns.put(key, text.getValue());
      } else {
        places.problem(
            entry.value(), entry.path() + " is no pattern (expected: " + PATTERN_EXPECTED + ")");
      }
    }
  }
}
