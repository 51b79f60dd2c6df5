package myxds.resource.rules;

import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;

/** A {@code Duration} or a {@code Timestamp}, generated or dynamic. */
record Moment(long seconds, int nanos) {
  static final Comparator<Moment> ORDER =
      Comparator.comparingLong(Moment::seconds).thenComparingInt(Moment::nanos);

  private static final long LONGEST = 315_576_000_000L;
  private static final long YEAR_1 = -62_135_596_800L;
  private static final long YEAR_9999 = 253_402_300_799L;
  private static final int SECOND = 1_000_000_000;

  static Moment of(Message message) {
    var type = message.getDescriptorForType();
    return new Moment(
        (long) message.getField(type.findFieldByNumber(1)),
        (int) message.getField(type.findFieldByNumber(2)));
  }

  boolean isDuration() {
    return Math.abs(nanos) < SECOND
        && -LONGEST <= seconds
        && seconds <= LONGEST
        && (seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0));
  }

  boolean isTimestamp() {
    return 0 <= nanos && nanos < SECOND && YEAR_1 <= seconds && seconds <= YEAR_9999;
  }

  /** {@code 1.5s}. */
  String asDuration() {
    var exact = BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9));
    return (exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString()) + "s";
  }

  /** {@code 2025-04-23T12:53:00Z}. */
  String asTimestamp() {
    return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC) + "Z";
  }
}
