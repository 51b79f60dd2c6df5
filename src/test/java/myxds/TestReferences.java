package myxds;

import myxds.discovery.engine.References;
import myxds.gate.ConfigReferences;
import myxds.resource.Schema;

/** The references of resources, as the daemon reads them. */
public final class TestReferences {
  private TestReferences() {}

  public static References ofApi() {
    return new References(new ConfigReferences(Schema.ofApi())::of);
  }
}
