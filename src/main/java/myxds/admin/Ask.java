package myxds.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, as far as its line goes.
 *
 * @param named the parts of the path that a route leaves open, decoded, in their order
 * @param query by name, decoded; of one that is given twice, the last
 */
record Ask(List<String> named, Map<String, String> query) {

  /** What was given for a name; empty when nothing was, or nothing but the name. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
  }

  /** The number that was given for a name; -1 when it is none, or one of ten digits. */
  int number(String name, int otherwise) {
    var text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }

  /** What was given for a name is not what it may be. */
  Reply wrong(String name, String expected) {
    return Reply.problem(
        400,
        "Bad Request",
        "%s is \"%s\" (expected: %s)".formatted(name, query.getOrDefault(name, ""), expected));
  }

  Ask at(List<String> named) {
    return new Ask(named, query);
  }
}
