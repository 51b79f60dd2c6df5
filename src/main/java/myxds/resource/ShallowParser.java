package myxds.resource;

import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** Ends a text that nests too deeply: the composer calls itself for each level. */
final class ShallowParser implements Parser {
  private static final int DEEPEST = 200;

  private final Parser parser;
  private int depth;

  ShallowParser(Parser parser) {
    this.parser = parser;
  }

  @Override
  public boolean checkEvent(Event.ID id) {
    return parser.checkEvent(id);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    var event = parser.next();
    if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
      throw new ParserException(
          "nested too deeply (expected: at most " + DEEPEST + " levels)", event.getStartMark());
    }
    if (event instanceof CollectionEndEvent) {
      depth--;
    }
    return event;
  }
}
