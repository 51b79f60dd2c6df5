package myxds.source.file;

import myxds.resource.Documents;

/** What one look at the directory saw. */
sealed interface Reading {

  record Whole(Documents documents) implements Reading {}

  /**
   * Nothing: the directory itself cannot be read.
   *
   * @param reason a sentence without a full stop
   */
  record Unavailable(String reason) implements Reading {}
}
