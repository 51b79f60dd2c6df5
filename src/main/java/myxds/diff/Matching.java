package myxds.diff;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import myxds.resource.FieldPath;
import org.jspecify.annotations.Nullable;

/**
 * Which elements of two lists are the same one: by name where all have one of their own, else by
 * the longest sequence that both have, so that an insertion at the front is one addition.
 *
 * @param pairs what was added, removed or may have changed
 * @param order of the names that both have, if it is another one
 */
record Matching(List<Pair> pairs, Optional<Order> order) {

  /**
   * An element.
   *
   * @param name null for one that is known by its place
   * @param index where it is; where it was for one that is gone
   */
  record Pair(@Nullable String name, int index, @Nullable Object before, @Nullable Object after) {

    FieldPath path(FieldPath list) {
      return name == null ? list.index(index) : list.key(name);
    }
  }

  record Order(String before, String after) {}

  static Matching of(List<?> before, List<?> after) {
    var old = named(before);
    var next = named(after);
    return old.isPresent() && next.isPresent()
        ? byName(old.get(), next.get())
        : new Matching(new Alignment(before, after).pairs(), Optional.empty());
  }

  /** The elements by their names, if each has one of its own. */
  private static Optional<Map<String, Object>> named(List<?> elements) {
    var named = new LinkedHashMap<String, Object>();
    for (var element : elements) {
      var name = element instanceof Message message ? Identity.of(message) : "";
      if (name.isEmpty() || named.put(name, element) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(named);
  }

  private static Matching byName(Map<String, Object> before, Map<String, Object> after) {
    var pairs = new ArrayList<Pair>();
    before.forEach((name, element) -> {
      if (!after.containsKey(name)) {
        pairs.add(new Pair(name, 0, element, null));
      }
    });
    after.forEach((name, element) -> pairs.add(new Pair(name, 0, before.get(name), element)));
    var old = before.keySet().stream().filter(after::containsKey).toList();
    var next = after.keySet().stream().filter(before::containsKey).toList();
    return new Matching(
        pairs,
        old.equals(next)
            ? Optional.empty()
            : Optional.of(new Order(old.toString(), next.toString())));
  }
}
