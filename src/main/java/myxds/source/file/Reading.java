package myxds.source.file;

import myxds.resource.Documents;

/** What one look at the directory saw. */
sealed interface Reading {

  /**
   * All of it.
   *
   * @param settings stands for the content of the settings file, which is not a resource file:
   *     equal as long as that is the same
   */
  record Whole(Documents documents, Object settings) implements Reading {}

  /**
   * Nothing: the directory itself cannot be read.
   *
   * @param reason a sentence without a full stop
   */
  record Unavailable(String reason) implements Reading {}
}
