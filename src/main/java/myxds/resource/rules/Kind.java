package myxds.resource.rules;

import com.google.protobuf.Message;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Predicate;
import myxds.resource.rules.Demand.Shown;
import org.jspecify.annotations.Nullable;

/**
 * A kind of values.
 *
 * @param read from a field's value; null where that is not one of this kind
 * @param unreadable what is told of such
 */
record Kind<T>(Function<Object, @Nullable T> read, String unreadable, Shown<T> shown) {

  /**
   * A kind of which one value is more than another.
   *
   * @param empty what a field holds that is not set
   */
  record Ordered<T>(Kind<T> kind, Comparator<T> order, T empty) {}

  static final Ordered<Long> INT32 = whole(value -> (long) (int) value, Long::compare);
  static final Ordered<Long> INT64 = whole(value -> (long) value, Long::compare);
  static final Ordered<Long> UINT32 =
      whole(value -> Integer.toUnsignedLong((int) value), Long::compare);
  static final Ordered<Long> UINT64 = whole(value -> (long) value, Long::compareUnsigned);
  static final Ordered<Double> FLOAT =
      real(value -> (double) (float) value, value -> Float.toString(value.floatValue()));
  static final Ordered<Double> DOUBLE = real(value -> (double) value, value -> value.toString());

  /** Ten thousand years and no more, or protobuf calls it invalid. */
  static final Ordered<Moment> DURATION =
      moment(
          Moment::isDuration,
          "no valid duration (expected: 10000 years at most, seconds and nanos of one sign)",
          Moment::asDuration);

  static final Ordered<Moment> TIMESTAMP =
      moment(
          Moment::isTimestamp,
          "no valid timestamp (expected: one of the years 1 to 9999)",
          Moment::asTimestamp);

  /** Of which every value can be read. */
  static <T> Kind<T> of(Function<Object, @Nullable T> read, Shown<T> shown) {
    return new Kind<>(read, "", shown);
  }

  private static Ordered<Long> whole(
      Function<Object, @Nullable Long> read, Comparator<Long> order) {
    Function<Long, String> text =
        order.compare(-1L, 0L) > 0 ? Long::toUnsignedString : value -> value.toString();
    return new Ordered<>(of(read, Shown.as(text)), order, 0L);
  }

  /** Zero has one sign here: what is not less than 0 may be -0.0. */
  private static Ordered<Double> real(
      Function<Object, Double> read, Function<Double, String> text) {
    Function<Object, @Nullable Double> number =
        value -> {
          double real = read.apply(value);
          return Double.isNaN(real) ? null : Double.valueOf(real + 0.0);
        };
    return new Ordered<>(
        new Kind<>(number, "NaN (expected: a number)", Shown.as(text)), Double::compare, 0.0);
  }

  private static Ordered<Moment> moment(
      Predicate<Moment> isValid, String unreadable, Function<Moment, String> text) {
    Function<Object, @Nullable Moment> read =
        value -> {
          var moment = Moment.of((Message) value);
          return isValid.test(moment) ? moment : null;
        };
    return new Ordered<>(
        new Kind<>(read, unreadable, Shown.as(text)), Moment.ORDER, new Moment(0, 0));
  }
}
