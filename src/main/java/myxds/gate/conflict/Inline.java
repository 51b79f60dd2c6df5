package myxds.gate.conflict;

import java.util.List;
import java.util.Optional;
import myxds.resource.FieldPath;

/** What stands in a {@code DataSource} itself, and the field where. */
record Inline(FieldPath at, String text) {

  /** Empty for one that says where to get it. */
  static Optional<Inline> of(Node source) {
    return List.of("inline_string", "inline_bytes").stream()
        .filter(source::has)
        .map(field -> new Inline(source.at(field), source.text(field)))
        .findFirst();
  }

  @Override
  public String toString() {
    // The text may be a private key.
    return "Inline[at=" + at + "]";
  }
}
