package myxds.admin;

import java.util.List;
import myxds.resource.Problem;
import myxds.snapshot.PublishedState;

/**
 * The result of a reload.
 *
 * @param changed the settings that took effect
 * @param needRestart the settings that take effect after a restart
 * @param problems the problems of the settings file
 * @param before the published state at the request
 * @param state the published state after the source was read and judged
 */
public record Reloaded(
    List<Change> changed,
    List<Change> needRestart,
    List<Problem> problems,
    PublishedState before,
    PublishedState state) {

  /** A changed setting. */
  public record Change(String key, String from, String to) {}

  public Reloaded {
    changed = List.copyOf(changed);
    needRestart = List.copyOf(needRestart);
    problems = List.copyOf(problems);
  }
}
