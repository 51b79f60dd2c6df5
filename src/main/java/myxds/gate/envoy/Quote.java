package myxds.gate.envoy;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import myxds.resource.FieldPath;
import myxds.resource.Resource;
import myxds.resource.Schema;

/**
 * A value of a resource that Envoy's words quote: there is what it does not like.
 *
 * @param value never empty
 */
record Quote(Resource resource, FieldPath path, String value) {
  /** A text that is at least this long stands in no sentence by chance. */
  private static final int TELLING = 8;

  /**
   * The longest value that is quoted and stands in one field alone; its resource's own name last.
   */
  static Optional<Quote> in(String words, List<Resource> resources, Schema schema) {
    var quotes = new ArrayList<Quote>();
    for (var resource : resources) {
      collect(
          schema.tree(resource.message()), FieldPath.ROOT, new Quoting(words, resource, quotes));
    }
    var longestFirst =
        Comparator.comparing(Quote::isName)
            .thenComparing(quote -> quote.value().length(), Comparator.reverseOrder());
    return quotes.stream()
        .filter(quote -> quotes.stream().filter(quote::hasValueOf).count() == 1)
        .min(longestFirst);
  }

  private record Quoting(String words, Resource resource, List<Quote> quotes) {

    /** In quotation marks, in brackets, or behind a colon; a long one anywhere. */
    boolean hasQuoted(String text) {
      return !text.isEmpty()
          && words.contains(text)
          && (text.length() >= TELLING
              || Stream.of("'%s'", "\"%s\"", "(%s)", ": %s")
                  .anyMatch(mark -> words.contains(mark.formatted(text))));
    }
  }

  private boolean isName() {
    return value.equals(resource.name());
  }

  private boolean hasValueOf(Quote other) {
    return value.equals(other.value);
  }

  private static void collect(JsonElement json, FieldPath path, Quoting quoting) {
    if (json.isJsonObject()) {
      json.getAsJsonObject()
          .asMap()
          .forEach((key, value) -> collect(value, path.field(key), quoting));
    } else if (json.isJsonArray()) {
      var array = json.getAsJsonArray();
      for (int i = 0; i < array.size(); i++) {
        collect(array.get(i), path.index(i), quoting);
      }
    } else if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()) {
      var text = json.getAsString();
      if (quoting.hasQuoted(text)) {
        quoting.quotes.add(new Quote(quoting.resource, path, text));
      }
    }
  }
}
