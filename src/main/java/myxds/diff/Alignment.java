package myxds.diff;

import java.util.ArrayList;
import java.util.List;
import myxds.diff.Matching.Pair;

/**
 * Two lists side by side, along the longest sequence that both have. Between two of its elements
 * the first that is gone and the first that is new are one that changed, and so on.
 */
final class Alignment {
  /** Beyond this the lists are compared place by place: the table would be too large. */
  private static final int MAX_CELLS = 4_000_000;

  private final List<?> before;
  private final List<?> after;
  private final List<Pair> pairs = new ArrayList<>();

  Alignment(List<?> before, List<?> after) {
    this.before = before;
    this.after = after;
  }

  /** All but the elements that both have. */
  List<Pair> pairs() {
    int front = equalAtFront();
    int back = equalAtBack(front);
    int oldEnd = before.size() - back;
    int nextEnd = after.size() - back;
    if ((long) (oldEnd - front) * (nextEnd - front) > MAX_CELLS) {
      gap(front, oldEnd, front, nextEnd);
    } else {
      along(before.subList(front, oldEnd), after.subList(front, nextEnd), front);
    }
    return pairs;
  }

  private int equalAtFront() {
    int i = 0;
    while (i < Math.min(before.size(), after.size()) && before.get(i).equals(after.get(i))) {
      i++;
    }
    return i;
  }

  private int equalAtBack(int front) {
    int i = 0;
    while (i < Math.min(before.size(), after.size()) - front
        && before.get(before.size() - 1 - i).equals(after.get(after.size() - 1 - i))) {
      i++;
    }
    return i;
  }

  private void along(List<?> old, List<?> next, int offset) {
    var common = common(old, next);
    int i = 0;
    int j = 0;
    int oldGap = 0;
    int nextGap = 0;
    while (i < old.size() && j < next.size()) {
      if (old.get(i).equals(next.get(j))) {
        gap(offset + oldGap, offset + i, offset + nextGap, offset + j);
        oldGap = ++i;
        nextGap = ++j;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    gap(offset + oldGap, offset + old.size(), offset + nextGap, offset + next.size());
  }

  /** How long the longest common sequence of the ends from (i, j) is. */
  private static int[][] common(List<?> old, List<?> next) {
    var common = new int[old.size() + 1][next.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = next.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(next.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private void gap(int oldFrom, int oldTo, int nextFrom, int nextTo) {
    int changed = Math.min(oldTo - oldFrom, nextTo - nextFrom);
    for (int i = 0; i < changed; i++) {
      pairs.add(new Pair(null, nextFrom + i, before.get(oldFrom + i), after.get(nextFrom + i)));
    }
    for (int i = oldFrom + changed; i < oldTo; i++) {
      pairs.add(new Pair(null, i, before.get(i), null));
    }
    for (int i = nextFrom + changed; i < nextTo; i++) {
      pairs.add(new Pair(null, i, null, after.get(i)));
    }
  }
}
