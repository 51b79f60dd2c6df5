package myxds.fleet;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import myxds.fleet.NodeEntry.Asked;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.TypeView;

/** Counts the different names that are asked for and that a state has not. */
final class MissingNames {
  private final GroupSnapshot state;
  private final Map<ResourceType, Names> types = new HashMap<>();

  MissingNames(GroupSnapshot state) {
    this.state = state;
  }

  void add(List<Asked> asked) {
    for (var one : asked) {
      var type = one.standing().type();
      types.computeIfAbsent(type, any -> new Names(state.ofType(type))).add(one.standing().names());
    }
  }

  int count() {
    return types.values().stream().mapToInt(names -> names.missing).sum();
  }

  private static final class Names {
    private final TypeView view;

    /** Clients that ask alike share one list: a large fleet costs what one node costs. */
    private final Set<List<String>> lists = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<String> seen = new HashSet<>();
    private int missing;

    Names(TypeView view) {
      this.view = view;
    }

    void add(List<String> names) {
      if (lists.add(names)) {
        names.stream().filter(seen::add).filter(view::isMissing).forEach(name -> missing++);
      }
    }
  }
}
