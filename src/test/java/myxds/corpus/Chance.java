package myxds.corpus;

import java.util.Random;

/** What may stand in a configuration, and what of it does. */
record Chance(Random random) {
  /** Further fields of a message, half of the time. */
  String maybe(String fields) {
    return random.nextBoolean() ? ", " + fields : "";
  }

  String one(String... of) {
    return of[random.nextInt(of.length)];
  }

  /** An extension's configuration, for example {@code filters.http.router.v3.Router}. */
  static String any(String type, String fields) {
    return "{\"@type\": type.googleapis.com/envoy.extensions.%s%s}"
        .formatted(type, fields.isEmpty() ? "" : ", " + fields);
  }
}
