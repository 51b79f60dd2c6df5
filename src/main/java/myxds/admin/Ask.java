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

  /** The number that was given for a name; -1 when it is none. */
  int number(String name, int otherwise) {
    try {
      return parameter(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** What was given for a name is not what it may be. */
  Reply wrong(String name, String expected) {
    return Reply.problem(
        400,
        "Bad Request",
        "%s is \"%s\" (expected: %s)".formatted(name, parameter(name).orElse(""), expected));
  }

  Ask at(List<String> named) {
    return new Ask(named, query);
  }
}
