package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import myxds.diff.Effect;
import myxds.diff.GroupDiff;
import myxds.resource.Document;
import myxds.resource.ResourceParser;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;

/** What {@code diff} says of an edit. */
final class Foretold {
  private static final Schema SCHEMA = Schema.ofApi();

  private Foretold() {}

  /** The effect of the one change between two texts of a file; an empty one holds nothing. */
  static Effect effect(String before, String after) {
    var changes = GroupDiff.between("node1", snapshot(before), snapshot(after), SCHEMA).changes();
    assertThat(changes).hasSize(1);
    return changes.getFirst().effect();
  }

  private static GroupSnapshot snapshot(String text) {
    var parsed = new ResourceParser(SCHEMA).parse(new Document("node1/a.yaml", text));
    assertThat(parsed.problems()).noneMatch(problem -> problem.isError());
    return GroupSnapshot.of(parsed.resources());
  }

  /** Which of an Envoy's figures are others than they were, and by how much. */
  static Map<String, Long> moved(Map<String, Long> before, Map<String, Long> after) {
    var moved = new TreeMap<String, Long>();
    after.forEach((name, value) -> moved.put(name, value - before.getOrDefault(name, 0L)));
    moved.values().removeIf(by -> by == 0);
    return moved;
  }
}
