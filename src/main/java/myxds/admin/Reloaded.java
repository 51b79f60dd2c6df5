package myxds.admin;

import java.util.List;
import myxds.resource.Problem;
import myxds.snapshot.PublishedState;

/**
 * What came of reading the settings and the source.
 *
 * @param changed the settings that took effect
 * @param needRestart the settings that do so after a restart
 * @param problems of the settings
 * @param state in which what the source holds was judged
 */
public record Reloaded(
    List<Change> changed, List<Change> needRestart, List<Problem> problems, PublishedState state) {

  /** A setting that has another value. */
  public record Change(String key, String from, String to) {}

  public Reloaded {
    changed = List.copyOf(changed);
    needRestart = List.copyOf(needRestart);
    problems = List.copyOf(problems);
  }
}
