package myxds.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import myxds.settings.Reading.Fault;
import myxds.settings.Reading.Value;
import myxds.settings.Settings.Admin;
import myxds.settings.Settings.Delivery;
import myxds.settings.Settings.Grpc;
import myxds.settings.Settings.Rest;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings: a flag beats the environment, which beats {@code my-xds.yaml} in the
 * configuration directory, which beats the default.
 */
public final class SettingsReader {
  /** The name of the settings file, in the configuration directory. */
  public static final String FILE = "my-xds.yaml";

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private Map<String, Value> written = Map.of();
  private final List<Fault> problems = new ArrayList<>();
  private final List<Value> table = new ArrayList<>();

  private SettingsReader(Map<String, String> flags, Map<String, String> environment) {
    this.flags = Map.copyOf(flags);
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads them; bad input is refused with every problem, never thrown.
   *
   * @param flags what was typed, by settings key: {@code grpc.port}, {@code config}
   * @param environment the process's
   */
  public static Reading read(Map<String, String> flags, Map<String, String> environment) {
    return new SettingsReader(flags, environment).read(SettingsFile::read);
  }

  /**
   * The same with another content of the settings file than the one on the disk.
   *
   * @param text as the file would hold it
   */
  public static Reading read(
      Map<String, String> flags, Map<String, String> environment, String text) {
    return new SettingsReader(flags, environment).read(path -> SettingsFile.of(path, text));
  }

  private Reading read(Function<Path, SettingsFile> reading) {
    var config = value(Key.CONFIG);
    var file = reading.apply(config.resolve(FILE));
    written = file.values();
    problems.addAll(file.problems());
    var settings = settings(config, file);
    return problems.isEmpty()
        ? new Reading.Accepted(settings, table, file.text())
        : new Reading.Refused(problems, settings);
  }

  private Settings settings(Path config, SettingsFile file) {
    var schema = path(Key.SCHEMA, config);
    var grpc = grpc();
    var delivery = delivery();
    var rest =
        new Rest(
            value(Key.REST_ADDRESS),
            value(Key.REST_PORT),
            value(Key.REST_MAX_CONNECTIONS).orElse(null));
    var admin = admin();
    var state =
        new Settings.State(begun(Key.STATE, value(Key.STATE), config), value(Key.STATE_SECRETS));
    var checks = checks(config);
    var fleet = new Settings.Fleet(value(Key.ON_NACK), value(Key.FLEET_KEEPS_GONE));
    var format = value(Key.LOG_FORMAT);
    table.add(file.groupsFound());
    return new Settings(
        config,
        schema,
        grpc,
        delivery,
        rest,
        admin,
        state,
        checks,
        fleet,
        format,
        file.groups(),
        value(Key.DEFAULT_GROUP).orElse(null));
  }

  private Grpc grpc() {
    return new Grpc(
        value(Key.GRPC_ADDRESS),
        value(Key.GRPC_PORT),
        value(Key.GRPC_KEEPALIVE_MIN),
        value(Key.GRPC_MAX_REQUEST_BYTES),
        value(Key.GRPC_MAX_CONNECTION_AGE).orElse(null),
        value(Key.GRPC_MAX_CONNECTIONS).orElse(null),
        value(Key.GRPC_MAX_STREAMS_PER_CONNECTION));
  }

  private Delivery delivery() {
    return new Delivery(
        value(Key.GRPC_RESOURCE_ERRORS),
        value(Key.GRPC_EMPTY_ENDPOINTS_FOR_MISSING),
        value(Key.GRPC_GATE_TIMEOUT),
        value(Key.GRPC_OUTBOUND_BYTES),
        value(Key.CSDS_ALL_NODES));
  }

  private Admin admin() {
    return new Admin(
        value(Key.ADMIN_ADDRESS),
        value(Key.ADMIN_PORT),
        value(Key.ADMIN_MAX_CONNECTIONS).orElse(null),
        value(Key.ADMIN_HOSTS));
  }

  private Settings.Checks checks(Path config) {
    var guard =
        new Settings.Guard(value(Key.GUARD), value(Key.GUARD_MAX_REMOVED), value(Key.GUARD_MIN));
    return new Settings.Checks(
        guard,
        path(Key.GATE_ENVOY, config),
        value(Key.GATE_REFERENCES),
        path(Key.BOOTSTRAP, config),
        value(Key.STATIC_CLUSTERS));
  }

  private @Nullable Path path(Key<Optional<Path>> key, Path config) {
    return value(key).map(path -> begun(key, path, config)).orElse(null);
  }

  /** A path that stands in the file begins where the file lies, whoever reads it from where. */
  private Path begun(Key<?> key, Path path, Path config) {
    return find(key).equals(written.get(key.name())) ? config.resolve(path) : path;
  }

  private <T> T value(Key<T> key) {
    var found = find(key);
    table.add(found);
    var parsed = key.parse(found.text());
    if (parsed.isEmpty()) {
      problems.add(new Fault(found.place(), key.refusal(found.text())));
    }
    return parsed.orElseGet(key::fallbackValue);
  }

  private Value find(Key<?> key) {
    return typed(key)
        .or(() -> exported(key))
        .or(() -> Optional.ofNullable(written.get(key.name())))
        .orElseGet(() -> new Value(key.name(), key.fallback(), "default", Place.of("default")));
  }

  private Optional<Value> typed(Key<?> key) {
    return Optional.ofNullable(flags.get(key.name()))
        .map(text -> new Value(key.name(), text, key.flag(), Place.of(key.flag())));
  }

  /** A variable that is set to nothing counts as not set: compose files leave them so. */
  private Optional<Value> exported(Key<?> key) {
    return Optional.ofNullable(environment.get(key.variable()))
        .filter(text -> !text.isEmpty())
        .map(text -> new Value(key.name(), text, key.variable(), Place.of(key.variable())));
  }
}
