package myxds.snapshot;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants published that is held.
 *
 * @param group null for every one
 * @param version of the held state; null for whatever is held
 */
record Wish(@Nullable String group, @Nullable String version) {

  /** Whether it means what the group holds. */
  boolean means(GroupState one) {
    return isOf(one)
        && one.held() != null
        && (version == null || version.equals(one.held().next().version()));
  }

  private boolean isOf(GroupState one) {
    return group == null || group.equals(one.name());
  }

  /** Why nothing of it is there to publish. */
  String nothing(Collection<GroupState> groups) {
    var held =
        groups.stream()
            .filter(one -> isOf(one) && one.held() != null)
            .map(one -> "group %s holds %s".formatted(one.name(), one.held().next().version()))
            .collect(Collectors.joining(", "));
    if (version != null && !held.isEmpty()) {
      return "version %s is not held: %s".formatted(version, held);
    }
    return group == null ? "nothing is held" : "nothing is held of group " + group;
  }
}
