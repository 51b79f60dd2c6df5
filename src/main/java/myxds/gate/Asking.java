package myxds.gate;

import java.util.List;
import myxds.resource.FieldPath;

/**
 * Everything that a message requests from elsewhere.
 *
 * @param references the names of other resources
 * @param ads the {@code ads} fields of its config sources
 */
record Asking(List<Reference> references, List<FieldPath> ads) {
  Asking {
    references = List.copyOf(references);
    ads = List.copyOf(ads);
  }
}
