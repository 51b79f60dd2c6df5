package myxds.snapshot;

import java.time.Instant;
import myxds.resource.Origin;
import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * What a node refused, to be remembered over a restart.
 *
 * @param state the version of the group's state that it refused
 * @param node its id
 * @param build of the node's program, as far as it told
 * @param good the version of the state that it took last as a whole; empty when none
 * @param what what it refused of the state, and why
 */
public record KeptRefusal(
    String group, String state, String node, String build, String good, What what) {

  /**
   * A type that was refused.
   *
   * @param version of the type
   * @param reason the node's own words, without secrets
   * @param inferred nobody said so
   * @param resource that the words are about; empty when they do not tell
   * @param origin of that resource; null with it
   */
  public record What(
      ResourceType type,
      String version,
      String reason,
      Instant at,
      boolean inferred,
      String resource,
      @Nullable Origin origin) {}
}
