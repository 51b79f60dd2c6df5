package myxds.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import myxds.settings.Reading.Fault;
import myxds.settings.Reading.Value;
import myxds.settings.Settings.Group;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What {@code my-xds.yaml} says. A section may be written as a mapping or with dots: {@code
 * grpc.port: 9002}.
 */
final class SettingsFile {
  /** In bytes; far above any settings. */
  private static final int LARGEST = 1 << 20;

  private static final String GROUPS = "groups";
  private static final Set<String> SECTIONS =
      Set.of("grpc", "rest", "admin", "log", "state", "guard", "gate", "csds");
  private static final Set<String> KEYS = keys();

  private final Places places;
  private final Map<String, Value> values = new HashMap<>();
  private List<Group> groups = List.of();
  private @Nullable String text;

  private SettingsFile(Path file) {
    this.places = new Places(file);
  }

  /** Reads it from the disk; a file that does not exist gives no value. */
  static SettingsFile read(Path path) {
    var file = new SettingsFile(path);
    var folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isExecutable(folder)) {
      return file;
    }
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        // A pipe would keep the reader waiting for ever.
        file.places.problem("cannot be read: it is not a regular file");
      } else if (attributes.size() > LARGEST) {
        file.places.problem("is too large (expected: at most 1 MiB)");
      } else {
        file.parse(Files.readString(path));
      }
    } catch (NoSuchFileException e) {
      if (Files.isSymbolicLink(path)) {
        file.places.problem("is a link to nothing");
      }
    } catch (CharacterCodingException e) {
      file.places.problem("is not text in UTF-8");
    } catch (IOException e) {
      file.places.problem("cannot be read: " + reason(e));
    }
    return file;
  }

  /**
   * Reads a text as if it were in the file.
   *
   * @param path of the file; it need not exist
   */
  static SettingsFile of(Path path, String text) {
    var file = new SettingsFile(path);
    file.parse(text);
    return file;
  }

  private void parse(String content) {
    text = content;
    try {
      YamlTree.of(content).ifPresent(root -> section("", root));
    } catch (YamlEngineException e) {
      places.problem(e);
    }
  }

  /** Returns its content; null if it does not exist or cannot be read. */
  @Nullable String text() {
    return text;
  }

  List<Fault> problems() {
    return places.problems();
  }

  /** Every value that it gives, by its key. */
  Map<String, Value> values() {
    return values;
  }

  List<Group> groups() {
    return groups;
  }

  /** The groups as a line of the table of settings. */
  Value groupsFound() {
    return values.getOrDefault(GROUPS, new Value(GROUPS, "[]", "default", Place.of("default")));
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
