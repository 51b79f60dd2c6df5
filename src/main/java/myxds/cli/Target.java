package myxds.cli;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The target of {@code wait}: a version, or the newest files. Files that are saved meanwhile take
 * the place of those that were there when it began, unless they are refused.
 */
final class Target {
  private final @Nullable String version;

  /** The version of the newest files that were published, by group. */
  private final Map<String, String> files = new HashMap<>();

  /**
   * @param version null for that of the newest files
   */
  Target(@Nullable String version) {
    this.version = version;
  }

  /** Whether a group is served the target. */
  enum Standing {
    PUBLISHED,
    AWAITED,
    NOT_PUBLISHED
  }

  Standing of(JsonObject group) {
    return version == null ? ofFiles(group) : ofVersion(group, version);
  }

  private Standing ofFiles(JsonObject group) {
    var name = Answers.text(group, "name");
    var served = Answers.text(group, "version");
    if (Rollout.is(group, "published")) {
      files.put(name, served);
      return Standing.PUBLISHED;
    }
    return served.equals(files.get(name)) ? Standing.PUBLISHED : Standing.NOT_PUBLISHED;
  }

  private static Standing ofVersion(JsonObject group, String version) {
    if (Answers.text(group, "version").equals(version)) {
      return Standing.PUBLISHED;
    }
    return Rollout.is(group, "published") ? Standing.AWAITED : Standing.NOT_PUBLISHED;
  }

  /** Says what is published instead of the version; empty when it is not about a version. */
  String instead(Rollout rollout) {
    var other =
        rollout.groups().stream()
            .filter(one -> of(one) == Standing.AWAITED)
            .map(one ->
                "group %s is served version %s"
                    .formatted(Answers.text(one, "name"), Answers.text(one, "version")))
            .findFirst();
    return other
        .map(text -> "version %s is not published: %s; ".formatted(version, text))
        .orElse("");
  }
}
