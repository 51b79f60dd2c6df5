package myxds.cli;

import java.util.Map;

/** What the daemon would say of a directory, as the command that asks for it sees it. */
public interface Checking {

  /**
   * Judges a directory, without a daemon.
   *
   * @param flags the settings that were typed, unchecked, by their keys; {@code config} is the
   *     directory
   */
  CheckReport check(Map<String, String> flags);
}
