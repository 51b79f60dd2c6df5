package myxds.settings;

import java.util.List;

/** What came of reading the settings. */
public sealed interface Reading {

  /**
   * Settings to run with.
   *
   * @param table every key, its value and where the value came from, a line each
   */
  record Accepted(Settings settings, String table) implements Reading {}

  /**
   * Something is wrong.
   *
   * @param messages all that is, each in one line that begins with its place
   */
  record Refused(List<String> messages) implements Reading {

    public Refused {
      messages = List.copyOf(messages);
    }
  }
}
