package myxds.discovery.engine;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.List;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;
import org.jspecify.annotations.Nullable;

/** Which resource a client's words are about. */
final class Blame {
  /** What parts the words; a name may hold dots, slashes and colons. */
  private static final Splitter WORDS =
      Splitter.on(CharMatcher.anyOf(" ,;'\"()\n\t")).omitEmptyStrings();

  private static final CharMatcher ENDS = CharMatcher.anyOf(":.");

  private Blame() {}

  /**
   * The first resource that is named; else the only one that was new to the client; else null.
   *
   * @param view what was refused
   * @param news of it, what the client was told then
   */
  static @Nullable Versioned of(String reason, TypeView view, List<Versioned> news) {
    for (var word : WORDS.split(reason)) {
      var named = view.get(word);
      var trimmed = named != null ? named : view.get(ENDS.trimTrailingFrom(word));
      if (trimmed != null && !trimmed.isClaimed()) {
        return trimmed;
      }
    }
    return news.size() == 1 && !news.getFirst().isClaimed() ? news.getFirst() : null;
  }
}
