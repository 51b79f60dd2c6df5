package myxds.resource;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Ends a text that would cost the composer too much: it calls itself for each level, follows a
 * merge of a mapping into itself for ever, and keeps some hundred bytes for each value.
 */
final class ShallowParser implements Parser {
  static final int DEEPEST = 200;

  /** As many as in 64 MiB of usual configuration. */
  private static final int MOST_VALUES = 2_000_000;

  private final Parser parser;

  /** What is open now, by its anchor. */
  private final Deque<Optional<Anchor>> open = new ArrayDeque<>();

  private int values;

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
    switch (event) {
      case CollectionStartEvent start -> open(start);
      case CollectionEndEvent end -> open.pop();
      case AliasEvent alias -> alias(alias);
      default -> {}
    }
    if (event instanceof NodeEvent && ++values > MOST_VALUES) {
      throw refusal("too many values (expected: at most " + MOST_VALUES + " in a file)", event);
    }
    return event;
  }

  private void open(CollectionStartEvent event) {
    open.push(event.getAnchor());
    if (open.size() > DEEPEST) {
      throw refusal("nested too deeply (expected: at most " + DEEPEST + " levels)", event);
    }
  }

  private void alias(AliasEvent event) {
    if (open.contains(Optional.of(event.getAlias()))) {
      throw refusal("an alias that contains itself", event);
    }
  }

  private static ParserException refusal(String what, Event event) {
    return new ParserException(what, event.getStartMark());
  }
}
