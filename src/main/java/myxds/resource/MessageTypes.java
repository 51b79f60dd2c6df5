package myxds.resource;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the generated class of a message by its name: the api's packages follow the .proto
 * packages, so that no index is needed and nothing is loaded that was not named.
 */
final class MessageTypes {
  private final Map<String, Optional<Message>> loaded = new ConcurrentHashMap<>();
  private @Nullable Set<String> names;

  private static final Pattern OLD = Pattern.compile("\\.v2(alpha\\d*)?\\.");

  /** .proto package → Java package, longest first where one begins with another. */
  private static final List<Map.Entry<String, String>> PACKAGES =
      List.of(
          Map.entry("envoy.", "io.envoyproxy.envoy."),
          Map.entry("google.protobuf.", "com.google.protobuf."),
          Map.entry("google.rpc.", "com.google.rpc."),
          Map.entry("google.api.expr.", "com.google.api.expr."),
          Map.entry("xds.", "com.github.xds."),
          Map.entry("udpa.", "com.github.udpa.udpa."),
          Map.entry("cel.expr.", "dev.cel.expr."),
          Map.entry("opentelemetry.", "io.opentelemetry."),
          Map.entry("io.prometheus.client.", "io.prometheus.client."));

  Optional<Message> defaultInstance(String typeUrl) {
    return loaded.computeIfAbsent(ResourceType.of(typeUrl).messageName(), MessageTypes::load);
  }

  /**
   * All names in the api jar; read from its table of contents, once, when somebody misspelled one.
   */
  synchronized Set<String> names() {
    if (names == null) {
      names = read();
    }
    return names;
  }

  private static Optional<Message> load(String name) {
    return className(name)
        .filter(type -> !isOld(type))
        .flatMap(MessageTypes::instance)
        .filter(m -> isNamed(m, name));
  }

  /** The jar has the API of version 2 as well, which no Envoy takes any more. */
  private static boolean isOld(String className) {
    return className.startsWith("io.envoyproxy.") && OLD.matcher(className).find();
  }

  private static boolean isNamed(Message message, String name) {
    return message.getDescriptorForType().getFullName().equals(name);
  }

  /** {@code envoy.config.core.v3.Address} → its class; nested messages are parted by {@code $}. */
  private static Optional<String> className(String name) {
    return PACKAGES.stream()
        .filter(entry -> name.startsWith(entry.getKey()))
        .findFirst()
        .map(entry -> entry.getValue() + name.substring(entry.getKey().length()))
        .map(MessageTypes::nested);
  }

  private static String nested(String dotted) {
    var parts = dotted.split("\\.", -1);
    var name = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      boolean insideMessage =
          !parts[i - 1].isEmpty() && Character.isUpperCase(parts[i - 1].charAt(0));
      name.append(insideMessage ? '$' : '.').append(parts[i]);
    }
    return name.toString();
  }

  private static Optional<Message> instance(String className) {
    try {
      var type = Class.forName(className);
      return Optional.of((Message) type.getMethod("getDefaultInstance").invoke(null));
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      return Optional.empty();
    }
  }

  private static Set<String> read() {
    var jar = new File(Node.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    var names = new TreeSet<String>();
    try (var file = new JarFile(jar)) {
      file.stream().forEach(entry -> name(entry.getName()).ifPresent(names::add));
    } catch (IOException e) {
      return Set.of();
    }
    return names;
  }

  /** A message has a class beside an interface named {@code …OrBuilder}: that marks it. */
  private static Optional<String> name(String entry) {
    var suffix = "OrBuilder.class";
    if (!entry.endsWith(suffix)) {
      return Optional.empty();
    }
    var name = entry.substring(0, entry.length() - suffix.length()).replace('/', '.');
    return PACKAGES.stream()
        .filter(pack -> name.startsWith(pack.getValue()) && !isOld(name))
        .findFirst()
        .map(pack -> pack.getKey() + name.substring(pack.getValue().length()).replace('$', '.'));
  }
}
