package myxds.fleet;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import myxds.fleet.NodeEntry.Asked;
import myxds.fleet.Positions.Newest;
import myxds.resource.ResourceType;

/** Counts the different names that are asked for and that a state has not. */
final class MissingNames {
  private final Newest state;
  private final Map<ResourceType, Names> types = new HashMap<>();

  MissingNames(Newest state) {
    this.state = state;
  }

  void add(List<Asked> asked) {
    for (var one : asked) {
      var type = one.standing().type();
      types
          .computeIfAbsent(type, any -> new Names(name -> state.isMissing(type, name)))
          .add(one.standing().names());
    }
  }

  int count() {
    return types.values().stream().mapToInt(names -> names.missing).sum();
  }

  private static final class Names {
    private final Predicate<String> isMissing;

    /** Clients that ask alike share one list: a large fleet costs what one node costs. */
    private final Set<List<String>> lists = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<String> seen = new HashSet<>();
    private int missing;

    Names(Predicate<String> isMissing) {
      this.isMissing = isMissing;
    }

    void add(List<String> names) {
      if (lists.add(names)) {
        names.stream().filter(seen::add).filter(isMissing).forEach(name -> missing++);
      }
    }
  }
}
