package myxds.snapshot;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import myxds.resource.Resource;
import myxds.resource.ResourceType;
import myxds.resource.XdsName;
import org.jspecify.annotations.Nullable;

/**
 * One resource with the version of its content; immutable. Equal versions mean equal content, so
 * objects of two snapshots are compared by it.
 */
public final class Versioned {
  private final String name;
  private final String version;
  private final ByteString content;
  private final @Nullable Resource resource;
  private final List<String> aliases;

  private Versioned(String name, String version, ByteString content, @Nullable Resource resource) {
    this.name = name;
    this.version = version;
    this.content = content;
    this.resource = resource;
    this.aliases = resource == null ? List.of() : aliases(resource);
  }

  /**
   * A resource as it will be served.
   *
   * @param before what was served under its name; null when nothing. Of equal messages, the bytes
   *     are kept once
   */
  public static Versioned of(Resource resource, @Nullable Versioned before) {
    if (before != null && resource.equals(before.resource)) {
      return before;
    }
    if (before != null && before.resource != null && before.isOf(resource)) {
      return new Versioned(before.name, before.version, before.content, resource);
    }
    var content = ContentBytes.of(resource.message());
    return new Versioned(
        XdsName.canonical(resource.name()),
        ContentVersion.of(content, resource.delivery()),
        content,
        resource);
  }

  /** A virtual host is asked for by the host of a request, which is known by its route only. */
  private static List<String> aliases(Resource resource) {
    var told = resource.delivery().aliases();
    int slash = resource.name().lastIndexOf('/');
    if (!resource.type().equals(ResourceType.VIRTUAL_HOST) || slash < 0) {
      return told;
    }
    var route = resource.name().substring(0, slash + 1);
    return Stream.concat(
            told.stream(), domains(resource.message()).stream().map(domain -> route + domain))
        .filter(alias -> !alias.equals(resource.name()))
        .distinct()
        .toList();
  }

  private static List<?> domains(Message host) {
    var field = host.getDescriptorForType().findFieldByName("domains");
    return field == null ? List.of() : (List<?>) host.getField(field);
  }

  private boolean isOf(Resource other) {
    return resource().message().equals(other.message())
        && resource().delivery().equals(other.delivery());
  }

  /** What a client says that it holds: nothing but a name and a version is known of it. */
  public static Versioned claimed(String name, String version) {
    return new Versioned(name, version, ByteString.EMPTY, null);
  }

  public String name() {
    return name;
  }

  public String version() {
    return version;
  }

  /** The message's deterministic bytes; empty for a claimed one. */
  public ByteString content() {
    return content;
  }

  /** Other names that clients may ask for it by. */
  public List<String> aliases() {
    return aliases;
  }

  /** How long clients may use it after they got it or a heartbeat; null for ever. */
  public @Nullable Duration ttl() {
    return resource == null ? null : resource.delivery().ttl();
  }

  /** Whether only its name and version are known. */
  public boolean isClaimed() {
    return resource == null;
  }

  /**
   * As its author wrote it.
   *
   * @throws IllegalStateException for a claimed one
   */
  public Resource resource() {
    if (resource == null) {
      throw new IllegalStateException(name + " is a client's claim");
    }
    return resource;
  }
}
