package myxds.resource;

import myxds.resource.Problem.Severity;

/**
 * What is wrong with a field of a message, before it is known where that stands in a document.
 *
 * @param message what, and what was expected, in one sentence without a full stop; never a value of
 *     a field that may be a secret
 */
public record Finding(Severity severity, FieldPath path, String message) {

  public static Finding error(FieldPath path, String message) {
    return new Finding(Severity.ERROR, path, message);
  }

  public static Finding warning(FieldPath path, String message) {
    return new Finding(Severity.WARNING, path, message);
  }
}
