package myxds.gate;

import java.util.List;
import java.util.Set;

/** Who is asked for the thing that a reference names. */
sealed interface Provider {
  /** This program, over the stream that the reference's owner came by. */
  Provider OURS = new Ours();

  /** The node's bootstrap alone. */
  Provider BOOTSTRAP = new Bootstrapped();

  /** Envoy looks among all that it has, wherever that came from. */
  Provider EITHER = new Either();

  /** A file on the node's disk, or nobody: nothing can be said. */
  Provider ELSEWHERE = new Elsewhere();

  record Ours() implements Provider {}

  record Bootstrapped() implements Provider {}

  record Either() implements Provider {}

  record Elsewhere() implements Provider {}

  /** The management server behind one of these clusters, which may be this one. */
  record Server(List<String> clusters) implements Provider {

    boolean isBehind(Set<String> some) {
      return clusters.stream().anyMatch(some::contains);
    }
  }
}
