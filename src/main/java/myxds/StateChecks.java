package myxds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import myxds.gate.Bootstrap;
import myxds.gate.Gate;
import myxds.gate.Surroundings;
import myxds.gate.envoy.EnvoyValidation;
import myxds.resource.Document;
import myxds.resource.Origin;
import myxds.resource.Problem.Severity;
import myxds.resource.Schema;
import myxds.settings.Settings;
import myxds.snapshot.GroupRules;
import myxds.snapshot.Groups;
import myxds.snapshot.Opinion;
import myxds.snapshot.Publisher;

/** What a state has to pass, as the settings have it: the same in the daemon and in a check. */
final class StateChecks {
  private StateChecks() {}

  /**
   * @throws IOException if the bootstrap cannot be read or is none; its message names the file
   */
  static Publisher.Checks of(Settings settings, Schema schema) throws IOException {
    return new Publisher.Checks(
        gate(settings, schema), RoomOptions.guard(settings), opinion(settings, schema));
  }

  /**
   * @throws IOException if the bootstrap cannot be read or is none; its message names the file
   */
  static Gate gate(Settings settings, Schema schema) throws IOException {
    return new Gate(schema, surroundings(settings, schema));
  }

  /** As for {@link #gate}. */
  static Surroundings surroundings(Settings settings, Schema schema) throws IOException {
    var checks = settings.checks();
    var file = checks.bootstrap();
    var known = file == null ? Bootstrap.UNKNOWN : bootstrap(file, settings, schema);
    return new Surroundings(
        known.withClusters(checks.staticClusters()),
        checks.references() ? Severity.ERROR : Severity.WARNING,
        InstantSource.system(),
        StateChecks::exists);
  }

  private static Bootstrap bootstrap(Path file, Settings settings, Schema schema)
      throws IOException {
    var rules = new GroupRules(RoomOptions.rules(settings), null, Origin.of(""));
    var groups = new Groups(() -> rules, group -> true);
    return Bootstrap.read(document(file), schema, groups::hash);
  }

  /** As for {@link #gate}. */
  static Opinion opinion(Settings settings, Schema schema) throws IOException {
    var envoy = settings.checks().envoy();
    if (envoy == null) {
      return Opinion.NONE;
    }
    var clusters = surroundings(settings, schema).bootstrap().clusters();
    return new EnvoyValidation(envoy, EnvoyValidation.LIMIT, schema, clusters)::of;
  }

  private static boolean exists(String file) {
    try {
      return Files.exists(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Its absolute path shows that it is not one of the group's files. */
  private static Document document(Path file) throws IOException {
    try {
      return new Document(file.toAbsolutePath().normalize().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new IOException("cannot read the bootstrap " + file + ": " + e, e);
    }
  }
}
