package myxds.resource;

/** Somebody gave bytes for a schema that are none; the message says in a sentence why. */
public final class NotASchema extends Exception {
  NotASchema(String sentence) {
    super(sentence);
  }
}
