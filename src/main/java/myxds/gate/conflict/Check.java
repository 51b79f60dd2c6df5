package myxds.gate.conflict;

import java.util.List;
import myxds.resource.Finding;

/** Says what is wrong with one message and what it holds. */
@FunctionalInterface
interface Check {
  void of(Node node, List<Finding> found);
}
