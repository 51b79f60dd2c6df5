package myxds;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The parts that run, in the order in which they were started; closed in reverse. */
final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  void push(AutoCloseable... started) {
    List.of(started).forEach(parts::push);
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
