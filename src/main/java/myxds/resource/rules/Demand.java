package myxds.resource.rules;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Something that a value must be.
 *
 * @param expected what, in words: {@code more than 0s}
 * @param shown how to tell of a value that is not
 */
record Demand<T>(Predicate<T> met, String expected, Shown<T> shown) {

  /**
   * How a value is told of.
   *
   * @param open in full
   * @param veiled without what may be a secret
   */
  record Shown<T>(Function<T, String> open, Function<T, String> veiled) {
    /** By its text. */
    static <T> Shown<T> as(Function<T, String> text) {
      return new Shown<>(text, value -> "a value that is not shown");
    }

    /** By its size, which is no secret. */
    static <T> Shown<T> sized(Function<T, String> size) {
      return new Shown<>(size, size);
    }
  }

  static <T> Demand<T> equalTo(T constant, Shown<T> shown) {
    return new Demand<>(constant::equals, shown.open.apply(constant), shown);
  }

  static <T> Demand<T> in(List<T> values, Shown<T> shown) {
    return new Demand<>(Set.copyOf(values)::contains, "one of " + list(values, shown), shown);
  }

  static <T> Demand<T> notIn(List<T> values, Shown<T> shown) {
    var excluded = Set.copyOf(values);
    var expected = (values.size() == 1 ? "not " : "none of ") + list(values, shown);
    return new Demand<>(value -> !excluded.contains(value), expected, shown);
  }

  private static <T> String list(List<T> values, Shown<T> shown) {
    return values.stream().map(shown.open).collect(Collectors.joining(", "));
  }
}
