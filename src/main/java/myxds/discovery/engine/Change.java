package myxds.discovery.engine;

import java.util.ArrayList;
import java.util.List;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;

/**
 * What differs between two views of a type.
 *
 * @param added in the new view only
 * @param updated in both, with another content; as the new view has them
 * @param removed in the old view only
 */
record Change(List<Versioned> added, List<Versioned> updated, List<Versioned> removed) {

  static final Change NOTHING = new Change(List.of(), List.of(), List.of());

  /** Walks both views once. */
  static Change between(TypeView from, TypeView to) {
    var added = new ArrayList<Versioned>();
    var updated = new ArrayList<Versioned>();
    var removed = new ArrayList<Versioned>();
    var before = from.all();
    var after = to.all();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      int order = order(before, i, after, j);
      if (order < 0) {
        removed.add(before.get(i++));
      } else if (order > 0) {
        added.add(after.get(j++));
      } else {
        if (!before.get(i++).version().equals(after.get(j).version())) {
          updated.add(after.get(j));
        }
        j++;
      }
    }
    return new Change(List.copyOf(added), List.copyOf(updated), List.copyOf(removed));
  }

  /** What one of the sides has run out of comes after all. */
  private static int order(List<Versioned> before, int i, List<Versioned> after, int j) {
    if (i == before.size()) {
      return 1;
    }
    if (j == after.size()) {
      return -1;
    }
    return before.get(i).name().compareTo(after.get(j).name());
  }
}
