package myxds.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the key that was meant. */
final class Spelling {
  private Spelling() {}

  /** {@code "; did you mean …?"}, or nothing when no key is near. */
  static String hint(String wrong, Collection<String> keys) {
    return nearest(wrong, keys).map(key -> "; did you mean " + key + "?").orElse("");
  }

  private static Optional<String> nearest(String wrong, Collection<String> keys) {
    return keys.stream()
        .filter(key -> distance(wrong, key) * 3 <= key.length())
        .min(Comparator.comparingInt(key -> distance(wrong, key)));
  }

  /** How many letters to insert, delete or replace; Levenshtein's, with one row. */
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 0; i < a.length(); i++) {
      int diagonal = row[0];
      row[0] = i + 1;
      for (int j = 0; j < b.length(); j++) {
        int replaced = diagonal + (a.charAt(i) == b.charAt(j) ? 0 : 1);
        diagonal = row[j + 1];
        row[j + 1] = Math.min(replaced, Math.min(row[j], row[j + 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
