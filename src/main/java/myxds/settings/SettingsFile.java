package myxds.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import myxds.settings.Settings.Group;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What {@code my-xds.yaml} says. A section may be written as a mapping or with dots: {@code
 * grpc.port: 9002}.
 */
final class SettingsFile {
  private static final String GROUPS = "groups";
  private static final Set<String> SECTIONS =
      Set.of("grpc", "rest", "admin", "log", "state", "guard", "gate", "csds");
  private static final Set<String> KEYS = keys();

  private final Places places;
  private final Map<String, Found> values = new HashMap<>();
  private List<Group> groups = List.of();

  private SettingsFile(Path file) {
    this.places = new Places(file);
  }

  /** Reads it; a file that is not there says nothing. */
  static SettingsFile read(Path path) {
    var file = new SettingsFile(path);
    if (!Files.exists(path)) {
      return file;
    }
    try {
      YamlTree.of(Files.readString(path)).ifPresent(root -> file.section("", root));
    } catch (CharacterCodingException e) {
      file.places.problem("is not text in UTF-8");
    } catch (IOException e) {
      file.places.problem("cannot be read: " + reason(e));
    } catch (YamlEngineException e) {
      file.places.problem(e);
    }
    return file;
  }

  List<String> problems() {
    return places.problems();
  }

  /** Every value that it gives, by its key. */
  Map<String, Found> values() {
    return values;
  }

  List<Group> groups() {
    return groups;
  }

  /** The groups as a line of the table of settings. */
  Found groupsFound() {
    return values.getOrDefault(GROUPS, new Found(GROUPS, "[]", "default", "default"));
  }

  private void section(String path, Node node) {
    places.entries(path, node, "key: value").forEach(this::entry);
  }

  private void entry(Entry entry) {
    var key = entry.path();
    if (SECTIONS.contains(key) && !isValue(entry)) {
      section(key, entry.value());
    } else if (key.equals(GROUPS)) {
      groups = GroupRules.read(entry, places);
      values.put(GROUPS, places.found(entry, GroupRules.text(groups)));
    } else if (KEYS.contains(key)) {
      value(entry);
    } else {
      places.unknown(entry, KEYS);
    }
  }

  /** {@code guard: off} is a value, {@code guard: {min: 4}} a section. */
  private static boolean isValue(Entry entry) {
    return KEYS.contains(entry.path()) && entry.value() instanceof ScalarNode;
  }

  private void value(Entry entry) {
    var onNack = OnNackText.of(entry.value());
    if (entry.path().equals(Key.ON_NACK.name()) && onNack.isPresent()) {
      values.put(entry.path(), places.found(entry, onNack.get()));
    } else if (entry.value() instanceof ScalarNode scalar) {
      values.put(entry.path(), places.found(entry, text(scalar)));
    } else if (Key.LISTS.contains(entry.path()) && isListOfTexts(entry.value())) {
      values.put(entry.path(), places.found(entry, list((SequenceNode) entry.value())));
    } else {
      var expected = "expected: " + expected(entry.path());
      places.problem(entry.value(), entry.path() + " is not a single value (" + expected + ")");
    }
  }

  private static boolean isListOfTexts(Node node) {
    return node instanceof SequenceNode list
        && list.getValue().stream().allMatch(ScalarNode.class::isInstance);
  }

  private static String list(SequenceNode list) {
    return list.getValue().stream()
        .map(element -> text((ScalarNode) element))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(ScalarNode scalar) {
    return YamlTree.isNull(scalar) ? "null" : scalar.getValue();
  }

  private static String expected(String key) {
    var known = Key.IN_FILE.stream().filter(one -> one.name().equals(key)).findFirst();
    return known.orElseThrow().expected();
  }

  private static Set<String> keys() {
    var keys = new TreeSet<String>();
    Key.IN_FILE.forEach(key -> keys.add(key.name()));
    keys.add(GROUPS);
    return keys;
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }
}
