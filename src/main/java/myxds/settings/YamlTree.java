package myxds.settings;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML as nodes, which know their places. */
final class YamlTree {
  private static final int DEEPEST = 100;

  private YamlTree() {}

  /**
   * The one document of a file; empty when it holds none.
   *
   * @throws YamlEngineException if it is not YAML, or more than one document
   */
  static Optional<Node> of(String text) {
    var settings = LoadSettings.builder().build();
    requireShallow(new Parse(settings).parseString(text));
    return new Compose(settings).composeString(text);
  }

  /** The composer calls itself for every level: a file of brackets would overflow its stack. */
  private static void requireShallow(Iterable<Event> events) {
    int depth = 0;
    for (var event : events) {
      if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
        throw new ParserException("nested too deeply", event.getStartMark());
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** From 1. */
  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }

  /** From 1. */
  static int column(Node node) {
    return node.getStartMark().map(Mark::getColumn).orElse(-1) + 1;
  }
}
