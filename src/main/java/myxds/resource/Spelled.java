package myxds.resource;

/**
 * A number that was written otherwise than JSON writes it: {@code 0123}, {@code 7e5}, {@code 0x1f}.
 * Where a text belongs it means what was written.
 */
final class Spelled extends Number {
  private final Number value;
  private final String written;

  private Spelled(Number value, String written) {
    this.value = value;
    this.written = written;
  }

  /** The number itself where nothing is lost by it. */
  static Number of(Number value, String written) {
    return value.toString().equals(written) ? value : new Spelled(value, written);
  }

  /** As it was written. */
  String written() {
    return written;
  }

  @Override
  public int intValue() {
    return value.intValue();
  }

  @Override
  public long longValue() {
    return value.longValue();
  }

  @Override
  public float floatValue() {
    return value.floatValue();
  }

  @Override
  public double doubleValue() {
    return value.doubleValue();
  }

  /** As JSON writes it. */
  @Override
  public String toString() {
    return value.toString();
  }
}
