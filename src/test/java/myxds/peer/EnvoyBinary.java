package myxds.peer;

import java.nio.file.Path;

/** The real Envoy where the launcher finds it. */
public final class EnvoyBinary {
  private EnvoyBinary() {}

  /** The binary; without one the test is skipped, which {@code ./verify} tells and CI refuses. */
  public static Path require() {
    return Tool.envoy().binary();
  }
}
