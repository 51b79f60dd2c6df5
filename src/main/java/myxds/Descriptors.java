package myxds;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The file descriptors of the process, and how many connections each port may have of them by
 * default. A reserve remains for the configuration, the state folder and what the JVM opens later.
 *
 * @param max how many the process may have
 * @param open how many it has without connections
 */
record Descriptors(long max, long open) {
  private static final long MOST_RESERVED = 64;
  private static final long LEAST = 4;
  private static final long MOST_OF_ADMIN = 1_000;

  /** The descriptors of a system that does not report them; no limit matters there. */
  private static final Descriptors UNKNOWN = new Descriptors(1 << 20, 0);

  static Descriptors ofProcess() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? new Descriptors(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
        : UNKNOWN;
  }

  /** Returns how many connections all ports together may have. */
  long connections() {
    long free = Math.max(0, max - open);
    return Math.max(3 * LEAST, free - Math.min(MOST_RESERVED, free / 2));
  }

  int admin() {
    return (int) Math.clamp(connections() / 8, LEAST, MOST_OF_ADMIN);
  }

  int rest() {
    return (int) Math.clamp(connections() / 4, LEAST, Integer.MAX_VALUE);
  }

  int grpc() {
    return (int) Math.clamp(connections() - rest() - admin(), LEAST, Integer.MAX_VALUE);
  }
}
