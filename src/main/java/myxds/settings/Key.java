package myxds.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import myxds.settings.Settings.LogFormat;
import myxds.settings.Settings.OnNack;

/**
 * A setting with one value.
 *
 * @param name as in the file, sections parted by dots: {@code grpc.port}
 * @param fallback what holds when nobody says anything
 * @param expected the end of the sentence "a value that is not …"
 */
record Key<T>(String name, String fallback, String expected, Function<String, Optional<T>> parser) {
  static final Key<Path> CONFIG = new Key<>("config", "config", "a directory", Key::path);
  static final Key<String> GRPC_ADDRESS = address("grpc.address", "0.0.0.0");
  static final Key<Integer> GRPC_PORT = port("grpc.port", "9002");
  static final Key<Duration> GRPC_KEEPALIVE_MIN =
      new Key<>("grpc.keepalive_min", "10s", Quantity.DURATION_EXPECTED, Quantity::duration);
  static final Key<Integer> GRPC_MAX_REQUEST_BYTES =
      new Key<>("grpc.max_request_bytes", "64MiB", Quantity.SIZE_EXPECTED, Quantity::size);
  static final Key<Optional<Duration>> GRPC_MAX_CONNECTION_AGE =
      new Key<>(
          "grpc.max_connection_age", "off", "off or " + Quantity.DURATION_EXPECTED, Key::limit);
  static final Key<Boolean> GRPC_RESOURCE_ERRORS = yesOrNo("grpc.resource_errors", "false");
  static final Key<Boolean> GRPC_EMPTY_ENDPOINTS_FOR_MISSING =
      yesOrNo("grpc.empty_endpoints_for_missing", "false");
  static final Key<Duration> GRPC_GATE_TIMEOUT =
      new Key<>("grpc.gate_timeout", "15s", Quantity.DURATION_EXPECTED, Quantity::duration);
  static final Key<Long> GRPC_OUTBOUND_BYTES =
      new Key<>(
          "grpc.outbound_bytes",
          "auto",
          "auto, a quarter of the heap, or " + Quantity.LARGE_EXPECTED,
          Key::outbound);
  static final Key<Optional<Integer>> GRPC_MAX_CONNECTIONS = connections("grpc.max_connections");
  static final Key<Integer> GRPC_MAX_STREAMS_PER_CONNECTION =
      new Key<>(
          "grpc.max_streams_per_connection",
          "500",
          "a count of streams such as 500",
          Quantity::count);
  static final Key<String> REST_ADDRESS = address("rest.address", "0.0.0.0");
  static final Key<Integer> REST_PORT = port("rest.port", "9001");
  static final Key<Optional<Integer>> REST_MAX_CONNECTIONS = connections("rest.max_connections");
  static final Key<String> ADMIN_ADDRESS = address("admin.address", "127.0.0.1");
  static final Key<Integer> ADMIN_PORT = port("admin.port", "9003");
  static final Key<Optional<Integer>> ADMIN_MAX_CONNECTIONS = connections("admin.max_connections");
  static final Key<Set<String>> ADMIN_HOSTS =
      new Key<>("admin.hosts", "[]", "a list of host names, [my-xds.example]", Key::hosts);
  static final Key<Boolean> CSDS_ALL_NODES = yesOrNo("csds.all_nodes", "false");
  static final Key<Optional<Path>> SCHEMA =
      new Key<>("schema", "null", "the path of a FileDescriptorSet", Key::optionalPath);
  static final Key<Path> STATE = new Key<>("state", ".my-xds", "a directory", Key::path);
  static final Key<Boolean> STATE_SECRETS = yesOrNo("state.secrets", "true");
  static final Key<Boolean> GUARD =
      new Key<>("guard", "on", "on, off or {max_removed: 50%, min: 4}", Key::onOrOff);
  static final Key<Double> GUARD_MAX_REMOVED =
      new Key<>("guard.max_removed", "50%", "a share such as 50%", Quantity::share);
  static final Key<Integer> GUARD_MIN =
      new Key<>("guard.min", "4", "a count of resources such as 4", Quantity::count);
  static final Key<Optional<Path>> GATE_ENVOY =
      new Key<>("gate.envoy", "off", "off or the path of an Envoy", Key::optionalPath);
  static final Key<Boolean> GATE_REFERENCES =
      new Key<>("gate.references", "error", "error or warning", Key::errorOrWarning);
  static final Key<Optional<Path>> BOOTSTRAP =
      new Key<>("bootstrap", "null", "the path of the nodes' envoy.yaml", Key::optionalPath);
  static final Key<Set<String>> STATIC_CLUSTERS =
      new Key<>("static_clusters", "[]", "a list of names, [a, b]", Key::names);
  static final Key<OnNack> ON_NACK =
      new Key<>("on_nack", "keep", OnNackText.EXPECTED, OnNackText::parse);
  static final Key<Duration> FLEET_KEEPS_GONE =
      new Key<>("fleet.keeps_gone", "1h", Quantity.DURATION_EXPECTED, Quantity::duration);
  static final Key<LogFormat> LOG_FORMAT =
      new Key<>("log.format", "text", "text or json", Key::logFormat);
  static final Key<Optional<String>> DEFAULT_GROUP =
      new Key<>("default_group", "null", GroupRules.NAME_EXPECTED, Key::group);

  /** The keys that the file may hold; where it lies, it cannot say itself. */
  static final List<Key<?>> IN_FILE =
      List.of(
          GRPC_ADDRESS,
          GRPC_PORT,
          GRPC_KEEPALIVE_MIN,
          GRPC_MAX_REQUEST_BYTES,
          GRPC_MAX_CONNECTION_AGE,
          GRPC_RESOURCE_ERRORS,
          GRPC_EMPTY_ENDPOINTS_FOR_MISSING,
          GRPC_GATE_TIMEOUT,
          GRPC_OUTBOUND_BYTES,
          GRPC_MAX_CONNECTIONS,
          GRPC_MAX_STREAMS_PER_CONNECTION,
          REST_ADDRESS,
          REST_PORT,
          REST_MAX_CONNECTIONS,
          ADMIN_ADDRESS,
          ADMIN_PORT,
          ADMIN_MAX_CONNECTIONS,
          ADMIN_HOSTS,
          CSDS_ALL_NODES,
          SCHEMA,
          STATE,
          STATE_SECRETS,
          GUARD,
          GUARD_MAX_REMOVED,
          GUARD_MIN,
          GATE_ENVOY,
          GATE_REFERENCES,
          BOOTSTRAP,
          STATIC_CLUSTERS,
          ON_NACK,
          FLEET_KEEPS_GONE,
          LOG_FORMAT,
          DEFAULT_GROUP);

  /** Those that a file may write as a list. */
  static final Set<String> LISTS = Set.of(STATIC_CLUSTERS.name(), ADMIN_HOSTS.name());

  Optional<T> parse(String text) {
    return parser.apply(text);
  }

  T fallbackValue() {
    return parse(fallback).orElseThrow();
  }

  String refusal(String text) {
    return "%s is \"%s\" (expected: %s)".formatted(name, OneLine.of(text), expected);
  }

  String flag() {
    return "--" + name.replace('.', '-').replace('_', '-');
  }

  String variable() {
    return "MYXDS_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static Key<Integer> port(String name, String fallback) {
    return new Key<>(name, fallback, "a port, 0..65535", Quantity::port);
  }

  private static Key<Optional<Integer>> connections(String name) {
    return new Key<>(
        name,
        "auto",
        "auto, a share of the file descriptors, or a count of connections such as 1000",
        Key::autoOrCount);
  }

  private static Key<String> address(String name, String fallback) {
    return new Key<>(name, fallback, "an address such as 127.0.0.1 or 0.0.0.0", Key::word);
  }

  private static Key<Boolean> yesOrNo(String name, String fallback) {
    return new Key<>(name, fallback, "true or false", Key::truth);
  }

  private static Optional<Boolean> truth(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Boolean> onOrOff(String text) {
    return switch (text) {
      case "on", "true" -> Optional.of(true);
      case "off", "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Boolean> errorOrWarning(String text) {
    return switch (text) {
      case "error" -> Optional.of(true);
      case "warning" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Optional<Path>> optionalPath(String text) {
    var path = path(text);
    if (text.equals("off") || text.equals("null")) {
      return Optional.of(Optional.empty());
    }
    return path.isEmpty() ? Optional.empty() : Optional.of(path);
  }

  /** {@code a, b}, with or without brackets around. */
  private static Optional<Set<String>> names(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    var list = bracketed ? text.substring(1, text.length() - 1) : text;
    return Optional.of(
        Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Reads a list of host names without ports; {@code *} is any host. */
  private static Optional<Set<String>> hosts(String text) {
    return names(text)
        .filter(all ->
            all.stream().allMatch(host -> host.matches("\\*|[\\w.-]+|\\[?[0-9a-fA-F:.]+\\]?")));
  }

  /** No time at all is no limit either: nobody wants clients that are sent away at once. */
  private static Optional<Optional<Duration>> limit(String text) {
    var age = text.equals("off") || text.equals("0") ? "0s" : text;
    return Quantity.duration(age).isEmpty()
        ? Optional.empty()
        : Optional.of(Quantity.duration(age).filter(Duration::isPositive));
  }

  private static Optional<Long> outbound(String text) {
    return text.equals("auto")
        ? Optional.of(Runtime.getRuntime().maxMemory() / 4)
        : Quantity.large(text);
  }

  private static Optional<Optional<Integer>> autoOrCount(String text) {
    var count = Quantity.count(text);
    return text.equals("auto") || count.isPresent() ? Optional.of(count) : Optional.empty();
  }

  private static Optional<String> word(String text) {
    return Optional.of(text).filter(address -> address.matches("[^\\s\\p{Cntrl}]+"));
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<LogFormat> logFormat(String text) {
    return switch (text) {
      case "text" -> Optional.of(LogFormat.TEXT);
      case "json" -> Optional.of(LogFormat.JSON);
      default -> Optional.empty();
    };
  }

  private static Optional<Optional<String>> group(String text) {
    if (text.equals("null")) {
      return Optional.of(Optional.empty());
    }
    return GroupRules.isGroupName(text) ? Optional.of(Optional.of(text)) : Optional.empty();
  }
}
