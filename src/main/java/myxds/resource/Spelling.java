package myxds.resource;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was meant. */
public final class Spelling {
  private Spelling() {}

  /** In long words a third would be too much: packages alone are that much alike. */
  private static final int FARTHEST = 5;

  /** The nearest of the right words, at most a third of its letters away. */
  public static Optional<String> nearest(String wrong, Collection<String> right) {
    return right.stream()
        .filter(word -> Math.abs(word.length() - wrong.length()) * 3 <= word.length())
        .map(word -> new Near(word, distance(wrong, word)))
        .filter(near -> near.distance * 3 <= near.word.length() && near.distance <= FARTHEST)
        .min(Near.FIRST)
        .map(Near::word);
  }

  /** The nearest of some, however far; empty when there is none. */
  static Optional<String> closest(String wrong, Collection<String> some) {
    return some.stream()
        .map(word -> new Near(word, distance(wrong, word)))
        .min(Near.FIRST)
        .map(Near::word);
  }

  private record Near(String word, int distance) {
    static final Comparator<Near> FIRST =
        Comparator.comparingInt(Near::distance).thenComparing(Near::word);
  }

  /** How many letters to insert, delete, replace, or to swap with the next one. */
  private static int distance(String a, String b) {
    var beforeThat = new int[b.length() + 1];
    var before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      var row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(before[j], row[j - 1]) + 1);
        if (isSwap(a, i, b, j)) {
          row[j] = Math.min(row[j], beforeThat[j - 2] + 1);
        }
      }
      beforeThat = before;
      before = row;
    }
    return before[b.length()];
  }

  private static boolean isSwap(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
