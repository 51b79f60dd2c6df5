package myxds.resource.rules;

import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is between two bounds; or, when the upper is below the lower, what is not between them: so
 * protoc-gen-validate reads such rules.
 */
record Range<T>(Comparator<T> order, @Nullable Bound<T> lower, @Nullable Bound<T> upper) {

  /**
   * An end of the range.
   *
   * @param words before the value: {@code at least}
   */
  record Bound<T>(T value, boolean isInclusive, String words) {
    String text(Function<T, String> shown) {
      return words + " " + shown.apply(value);
    }
  }

  static <T> @Nullable Bound<T> lower(@Nullable T exclusive, @Nullable T inclusive) {
    return bound(exclusive, "more than", inclusive, "at least");
  }

  static <T> @Nullable Bound<T> upper(@Nullable T exclusive, @Nullable T inclusive) {
    return bound(exclusive, "less than", inclusive, "at most");
  }

  private static <T> @Nullable Bound<T> bound(
      @Nullable T exclusive, String exclusiveWords, @Nullable T inclusive, String inclusiveWords) {
    if (exclusive != null) {
      return new Bound<>(exclusive, false, exclusiveWords);
    }
    return inclusive == null ? null : new Bound<>(inclusive, true, inclusiveWords);
  }

  boolean isBounded() {
    return lower != null || upper != null;
  }

  boolean holds(T value) {
    var isAbove = lower == null || isBeyond(order.compare(value, lower.value), lower);
    var isBelow = upper == null || isBeyond(order.compare(upper.value, value), upper);
    return isTurned() ? isAbove || isBelow : isAbove && isBelow;
  }

  private static boolean isBeyond(int compared, Bound<?> bound) {
    return bound.isInclusive ? compared >= 0 : compared > 0;
  }

  private boolean isTurned() {
    return lower != null && upper != null && order.compare(upper.value, lower.value) < 0;
  }

  String text(Function<T, String> shown) {
    var above = lower == null ? "" : lower.text(shown);
    var below = upper == null ? "" : upper.text(shown);
    if (lower == null || upper == null) {
      return above + below;
    }
    return isTurned() ? below + " or " + above : above + " and " + below;
  }
}
