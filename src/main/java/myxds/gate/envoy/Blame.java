package myxds.gate.envoy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import myxds.gate.envoy.EnvoyRun.Answer;

/**
 * Finds the parts that Envoy does not like. It names the first fault only, and rarely where that
 * stands; so it is asked again, with half of the parts each time.
 */
final class Blame {
  /** To tell every fault of a state that is wrong all over would take all day. */
  private static final int MOST = 10;

  private final Asking asking;
  private final List<Guilty> guilty = new ArrayList<>();

  /**
   * What Envoy does not like.
   *
   * @param parts more than one when they do not go together
   * @param words Envoy's own
   */
  record Guilty(List<Part> parts, String words) {}

  /** Asks Envoy about some parts; a question that has no answer is taken for a yes. */
  @FunctionalInterface
  interface Asking {
    Answer ask(List<Part> parts) throws InterruptedException;
  }

  private Blame(Asking asking) {
    this.asking = asking;
  }

  /**
   * @param parts of which Envoy refuses the whole
   */
  static List<Guilty> find(List<Part> parts, Asking asking) throws InterruptedException {
    var blame = new Blame(asking);
    var rest = new ArrayList<>(parts);
    while (blame.guilty.size() < MOST && blame.refusal(rest).isPresent()) {
      blame.next(rest);
    }
    return blame.guilty;
  }

  private void next(List<Part> rest) throws InterruptedException {
    // Listeners are held against the clusters, never the other way round.
    var base = rest.stream().filter(part -> !part.list().equals("listeners")).toList();
    boolean baseIsGood = refusal(base).isEmpty();
    var suspects = new ArrayList<>(baseIsGood ? rest : base);
    if (baseIsGood) {
      suspects.removeAll(Set.copyOf(base));
    }
    var found = half(suspects, baseIsGood ? base : List.of());
    var words = refusal(joined(baseIsGood ? base : List.of(), found));
    guilty.add(new Guilty(found, words.orElse("")));
    rest.removeAll(Set.copyOf(found));
  }

  /** The one of the suspects that is refused, or those that are refused only together. */
  private List<Part> half(List<Part> suspects, List<Part> base) throws InterruptedException {
    var some = suspects;
    while (some.size() > 1) {
      var first = some.subList(0, some.size() / 2);
      var second = some.subList(some.size() / 2, some.size());
      if (refusal(joined(base, first)).isPresent()) {
        some = first;
      } else if (refusal(joined(base, second)).isPresent()) {
        some = second;
      } else {
        return List.copyOf(some);
      }
    }
    return List.copyOf(some);
  }

  private Optional<String> refusal(List<Part> parts) throws InterruptedException {
    return asking.ask(parts) instanceof Answer.Refusal(String words)
        ? Optional.of(words)
        : Optional.empty();
  }

  private static List<Part> joined(List<Part> some, List<Part> others) {
    var all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }
}
