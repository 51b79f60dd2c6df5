package myxds;

import java.util.ArrayDeque;
import java.util.Deque;

/** The parts that run, in the order in which they were started; closed in reverse. */
final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  void push(AutoCloseable part) {
    parts.push(part);
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the control plane did not close", e);
      }
    }
  }
}
