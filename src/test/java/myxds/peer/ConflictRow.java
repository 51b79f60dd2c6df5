package myxds.peer;

/**
 * A configuration, and what comes of it.
 *
 * @param yaml a bootstrap
 */
record ConflictRow(String name, Verdict verdict, String yaml) {

  enum Verdict {
    /** By Envoy, and an error here. */
    REFUSED,
    /** An error here: Envoy accepts it, and then it does not work. */
    BROKEN,
    /** A warning here. */
    USELESS,
    ACCEPTED
  }

  static ConflictRow listeners(String name, Verdict verdict, String listeners) {
    return of(
        name, verdict, "clusters: [{name: c, type: STATIC}]\n  listeners: [" + listeners + "]");
  }

  static ConflictRow of(String name, Verdict verdict, String resources) {
    return new ConflictRow(name, verdict, "static_resources:\n  " + resources + "\n");
  }

  @Override
  public String toString() {
    return name;
  }
}
