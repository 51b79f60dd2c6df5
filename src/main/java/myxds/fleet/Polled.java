package myxds.fleet;

import java.util.List;
import myxds.discovery.engine.Standing;
import myxds.resource.ResourceType;

/**
 * How a client stands with a type that it asks for again and again, without a stream. It never says
 * that it refused something: it asks with the version that it had before.
 *
 * @param sent the version that it was answered last; empty before
 * @param refused the version that it was answered and did not take; empty when none
 */
record Polled(Question asked, String sent, String acked, String refused) {

  /** Its words: the names that it wants and the version that it holds. */
  record Question(List<String> names, String version) {
    Question {
      names = List.copyOf(names);
    }
  }

  static Polled first(Question question) {
    return new Polled(question, "", question.version, "");
  }

  Polled asks(Question next) {
    if (next.version.equals(sent)) {
      return new Polled(next, sent, sent, "");
    }
    boolean sameAgain = !sent.isEmpty() && next.equals(asked);
    return new Polled(next, sent, acked, sameAgain ? sent : "");
  }

  Polled answered(String version) {
    boolean taken = version.equals(asked.version);
    return new Polled(asked, version, taken ? version : acked, taken ? "" : refused);
  }

  boolean isRefusing() {
    return !refused.isEmpty();
  }

  Standing standing(ResourceType type) {
    var names = asked.names.isEmpty() ? List.of("*") : asked.names;
    boolean settled = sent.equals(acked) && !isRefusing();
    return new Standing(type, names, sent, acked, settled, "");
  }
}
