package myxds.settings;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads numbers with a unit, as people write them. */
final class Quantity {
  static final String DURATION_EXPECTED = "a duration such as 500ms, 15s, 2m or 1h; at most 24h";
  static final String SIZE_EXPECTED =
      "a size such as 64MiB, 512KiB or 1048576; 1..2147483647 bytes";

  static final String LARGE_EXPECTED = "a size such as 512MiB or 2GiB";

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,10})(KiB|MiB|GiB)?");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,3})%");
  private static final Duration DAY = Duration.ofHours(24);

  private Quantity() {}

  static Optional<Integer> port(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("[0-9]{1,5}"))
        .map(Integer::valueOf)
        .filter(port -> port <= 65535);
  }

  static Optional<Duration> duration(String text) {
    var parts = DURATION.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(parts.group(1));
    var duration =
        switch (parts.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        };
    return Optional.of(duration).filter(one -> one.compareTo(DAY) <= 0);
  }

  /** A share in percent, as a number from 0 to 1. */
  static Optional<Double> share(String text) {
    var parts = SHARE.matcher(text);
    return parts.matches()
        ? Optional.of(Integer.parseInt(parts.group(1)) / 100.0).filter(share -> share <= 1)
        : Optional.empty();
  }

  static Optional<Integer> count(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("[0-9]{1,9}"))
        .map(Integer::valueOf)
        .filter(count -> count > 0);
  }

  /** A size that one array can have. */
  static Optional<Integer> size(String text) {
    return large(text).filter(bytes -> bytes <= Integer.MAX_VALUE).map(Long::intValue);
  }

  static Optional<Long> large(String text) {
    var parts = SIZE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int shift =
        switch (parts.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          case null, default -> 0;
        };
    return Optional.of(new BigInteger(parts.group(1)).shiftLeft(shift))
        .filter(bytes -> bytes.signum() > 0 && bytes.bitLength() < Long.SIZE)
        .map(BigInteger::longValue);
  }
}
