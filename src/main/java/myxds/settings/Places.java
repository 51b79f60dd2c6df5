package myxds.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import myxds.settings.Reading.Fault;
import myxds.settings.Reading.Value;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Takes the mappings of one file apart and collects what is wrong, each with its place. */
final class Places {
  private final Path file;
  private final List<Fault> problems = new ArrayList<>();
  private final Map<String, Node> seen = new HashMap<>();

  Places(Path file) {
    this.file = file;
  }

  List<Fault> problems() {
    return problems;
  }

  /** Of the file as a whole. */
  void problem(String message) {
    problems.add(new Fault(Place.of(file.toString()), message));
  }

  void problem(Node node, String message) {
    problems.add(new Fault(place(node), message));
  }

  void problem(YamlEngineException e) {
    var marked = e instanceof MarkedYamlEngineException m ? m : null;
    var what = marked == null ? String.valueOf(e.getMessage()) : marked.getProblem();
    var place =
        Optional.ofNullable(marked)
            .flatMap(MarkedYamlEngineException::getProblemMark)
            .map(mark -> new Place(file.toString(), mark.getLine() + 1, mark.getColumn() + 1))
            .orElseGet(() -> Place.of(file.toString()));
    problems.add(new Fault(place, "is not YAML: " + OneLine.of(what)));
  }

  void unknown(Entry entry, Collection<String> right) {
    problem(
        entry.key(),
        "unknown key %s%s (expected: %s)"
            .formatted(
                OneLine.of(entry.path()),
                Spelling.hint(entry.path(), right),
                String.join(", ", right)));
  }

  /** The entries of a mapping; nothing is an empty one, anything else a problem. */
  List<Entry> entries(String path, Node node, String expected) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .flatMap(tuple -> entry(path, tuple.getKeyNode(), tuple.getValueNode()).stream())
          .toList();
    }
    if (!YamlTree.isNull(node)) {
      var name = path.isEmpty() ? "the file" : path;
      problem(node, name + " is not a mapping (expected: " + expected + ")");
    }
    return List.of();
  }

  Value found(Entry entry, String text) {
    var place = place(entry.value());
    return new Value(entry.path(), text, file.getFileName() + ":" + place.line(), place);
  }

  private Optional<Entry> entry(String path, Node key, Node value) {
    if (!(key instanceof ScalarNode scalar)) {
      problem(key, "a key is not a word (expected: key: value)");
      return Optional.empty();
    }
    var full = path.isEmpty() ? scalar.getValue() : path + "." + scalar.getValue();
    var earlier = seen.putIfAbsent(full, key);
    if (earlier != null) {
      int line = YamlTree.line(earlier);
      problem(
          key,
          "duplicate key %s, first in line %d (expected: once)".formatted(OneLine.of(full), line));
      return Optional.empty();
    }
    return Optional.of(new Entry(full, key, value));
  }

  Place place(Node node) {
    return new Place(file.toString(), YamlTree.line(node), YamlTree.column(node));
  }
}
