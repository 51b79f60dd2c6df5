package myxds.resource;

import java.util.List;

/**
 * Reads a document in any of the shapes that people already have. Bad input is a problem, never a
 * throw.
 */
public final class ResourceParser {
  private final Schema schema;

  public ResourceParser(Schema schema) {
    this.schema = schema;
  }

  public Parsed parse(Document document) {
    schema.nearest(document.path());
    return new Parsed(List.of(), List.of());
  }
}
