package myxds.resource.rules;

import java.util.function.ToIntFunction;
import myxds.resource.rules.Demand.Shown;

/**
 * Demands on how much of something a value has.
 *
 * @param unit of what, one of it: {@code byte}
 */
record Size<T>(ToIntFunction<T> of, String unit, Shown<T> shown) {

  Demand<T> exactly(long size) {
    return new Demand<>(value -> of.applyAsInt(value) == size, of(size, unit), shown);
  }

  /** Sizes in rules are unsigned: what no value can reach stands there as a negative number. */
  Demand<T> atLeast(long size) {
    return new Demand<>(
        value -> Long.compareUnsigned(of.applyAsInt(value), size) >= 0,
        "at least " + of(size, unit),
        shown);
  }

  Demand<T> atMost(long size) {
    return new Demand<>(
        value -> Long.compareUnsigned(of.applyAsInt(value), size) <= 0,
        "at most " + of(size, unit),
        shown);
  }

  /** {@code 2 bytes}; what has none is empty. */
  static String of(long size, String unit) {
    return size == 0
        ? "empty"
        : Long.toUnsignedString(size) + " " + (size == 1 ? unit : unit + "s");
  }
}
