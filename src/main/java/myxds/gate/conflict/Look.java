package myxds.gate.conflict;

import java.util.List;

/** Finds something in one message and what it holds. */
@FunctionalInterface
interface Look<F> {
  void of(Node node, List<F> found);
}
