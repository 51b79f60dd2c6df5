package myxds.gate.conflict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import myxds.resource.FieldPath;
import myxds.resource.Finding;
import org.jspecify.annotations.Nullable;

/**
 * Routes of a virtual host behind an earlier one that takes every request which they would. Envoy
 * takes the first route that matches, and does not say that the rest is never reached.
 */
final class Unreachable implements Check {
  static final String TYPE = "envoy.config.route.v3.VirtualHost";

  @Override
  public void of(Node host, List<Finding> found) {
    var before = new Taken();
    for (var route : host.children("routes")) {
      var match = route.child("match");
      if (match.isEmpty()) {
        continue;
      }
      var other = before.by(match.get());
      if (other != null) {
        found.add(
            Finding.warning(
                match.get().path(), "the route is never reached: %s comes first".formatted(other)));
      }
      before.add(match.get());
    }
  }

  /** What the routes so far take whatever else a request holds. */
  private static final class Taken {
    /** What a route that matches more than a path may not have set. */
    private static final Set<String> PATH =
        Set.of("prefix", "path", "path_separated_prefix", "safe_regex", "case_sensitive");

    /** By kind, case and text: the match that was first. */
    private final Map<Taking, FieldPath> first = new HashMap<>();

    private record Taking(String kind, boolean caseSensitive, String text) {}

    void add(Node match) {
      boolean onlyPath =
          !match.isPartlyUnknown()
              && match.message().getAllFields().keySet().stream()
                  .allMatch(field -> PATH.contains(field.getName()));
      if (onlyPath) {
        boolean cased = match.flag("case_sensitive", true);
        for (var kind : List.of("prefix", "path", "path_separated_prefix")) {
          if (isChosen(match, kind)) {
            var text = match.text(kind);
            first.putIfAbsent(
                new Taking(kind, cased, cased ? text : Text.lower(text)), match.path());
          }
        }
        match
            .child("safe_regex")
            .ifPresent(regex ->
                first.putIfAbsent(
                    new Taking("safe_regex", true, regex.text("regex")), match.path()));
      }
    }

    /** The earlier match that takes all that this one does. */
    @Nullable FieldPath by(Node match) {
      boolean cased = match.flag("case_sensitive", true);
      if (isChosen(match, "prefix")) {
        return prefixed(match.text("prefix"), cased);
      }
      if (isChosen(match, "path")) {
        var path = match.text("path");
        var exact = get("path", path, cased);
        return exact != null ? exact : segmented(path, cased);
      }
      if (isChosen(match, "path_separated_prefix")) {
        return segmented(match.text("path_separated_prefix"), cased);
      }
      var any = prefixed("/", true);
      var regex = match.child("safe_regex").map(one -> one.text("regex"));
      if (regex.isPresent()) {
        return any != null ? any : first.get(new Taking("safe_regex", true, regex.get()));
      }
      return match.has("path_match_policy") ? any : null;
    }

    /** Who takes all paths that begin with this text. */
    private @Nullable FieldPath prefixed(String text, boolean cased) {
      for (int end = 0; end <= text.length(); end++) {
        var start = text.substring(0, end);
        var other = get("prefix", start, cased);
        if (other == null && end < text.length() && text.charAt(end) == '/') {
          other = get("path_separated_prefix", start, cased);
        }
        if (other != null) {
          return other;
        }
      }
      return null;
    }

    /** As {@link #prefixed}, of the paths that end there or go on with a slash. */
    private @Nullable FieldPath segmented(String text, boolean cased) {
      var other = prefixed(text, cased);
      return other != null ? other : get("path_separated_prefix", text, cased);
    }

    /** One that ignores case takes every spelling; one that does not takes only its own. */
    private @Nullable FieldPath get(String kind, String text, boolean cased) {
      var other = first.get(new Taking(kind, false, Text.lower(text)));
      return other != null || (!cased && Text.hasLetters(text))
          ? other
          : first.get(new Taking(kind, true, text));
    }

    /** An empty prefix is a choice too. */
    private static boolean isChosen(Node match, String kind) {
      var field = match.message().getDescriptorForType().findFieldByName(kind);
      return field != null && match.message().hasField(field);
    }
  }
}
