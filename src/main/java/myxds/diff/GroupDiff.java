package myxds.diff;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import myxds.resource.FieldPath;
import myxds.resource.Origin;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * What publishing a state would change in a group.
 *
 * @param group its name
 * @param served the version of what is served; null for a new group
 * @param next the version of what would be served; null for a group that would be gone
 * @param changes sorted by type, in the order in which Envoy should hear of them, and by name
 */
public record GroupDiff(
    String group, @Nullable String served, @Nullable String next, List<Change> changes) {

  public GroupDiff {
    changes = List.copyOf(changes);
  }

  /** What happens to a resource. */
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED;

    /** In lower case, as the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One resource that would be another.
   *
   * @param origin where it stands; of a removed one, where it stood
   * @param fields what is different in a changed one; empty for others
   */
  public record Change(
      ResourceId resource, Kind kind, Origin origin, Effect effect, List<Field> fields) {

    public Change {
      fields = List.copyOf(fields);
    }
  }

  /**
   * One field that would be another.
   *
   * @param before what it is, shortened if it is long; null for nothing, and for a secret
   * @param after what it would be, likewise
   * @param secret whether it holds a secret
   */
  public record Field(
      FieldPath path, @Nullable String before, @Nullable String after, boolean secret) {

    static Field secret(FieldPath path) {
      return new Field(path, null, null, true);
    }
  }

  /**
   * Compares.
   *
   * @param served what is served now; null for nothing
   * @param next what would be served; null for nothing
   * @param schema of the messages that are packed in others
   */
  public static GroupDiff between(
      String group, @Nullable GroupSnapshot served, @Nullable GroupSnapshot next, Schema schema) {
    var changes = new ArrayList<Change>();
    types(served, next)
        .forEach(type -> compare(ofType(served, type), ofType(next, type), schema, changes));
    return new GroupDiff(group, version(served), version(next), changes);
  }

  /** Whether nothing would change. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  private static SortedSet<ResourceType> types(
      @Nullable GroupSnapshot served, @Nullable GroupSnapshot next) {
    var types =
        new TreeSet<>(
            Comparator.comparingInt(GroupDiff::rank).thenComparing(ResourceType::typeUrl));
    Stream.of(served, next)
        .forEach(snapshot -> {
          if (snapshot != null) {
            types.addAll(snapshot.types().keySet());
          }
        });
    return types;
  }

  private static int rank(ResourceType type) {
    int rank = ResourceType.KNOWN.indexOf(type);
    return rank < 0 ? ResourceType.KNOWN.size() : rank;
  }

  private static TypeView ofType(@Nullable GroupSnapshot snapshot, ResourceType type) {
    return snapshot == null ? TypeView.EMPTY : snapshot.ofType(type);
  }

  private static @Nullable String version(@Nullable GroupSnapshot snapshot) {
    return snapshot == null ? null : snapshot.version();
  }

  private static void compare(TypeView served, TypeView next, Schema schema, List<Change> into) {
    if (served.sameAs(next)) {
      return;
    }
    var changes = new TreeMap<String, Change>();
    for (var after : next.all()) {
      var before = served.get(after.name());
      if (before == null) {
        changes.put(after.name(), whole(after, Kind.ADDED));
      } else if (!before.version().equals(after.version())) {
        changes.put(after.name(), changed(before, after, schema));
      }
    }
    for (var before : served.all()) {
      if (!next.contains(before.name())) {
        changes.put(before.name(), whole(before, Kind.REMOVED));
      }
    }
    into.addAll(changes.values());
  }

  private static Change whole(Versioned one, Kind kind) {
    var resource = one.resource();
    var effect =
        kind == Kind.ADDED ? Effect.ofAdded(resource.type()) : Effect.ofRemoved(resource.type());
    return new Change(id(one), kind, resource.origin(), effect, List.of());
  }

  private static Change changed(Versioned before, Versioned after, Schema schema) {
    var next = after.resource();
    var old = asOf(next.message(), before.resource().message());
    var effect =
        before.content().equals(after.content())
            ? Effect.ofDelivery()
            : Effect.ofChanged(next.type(), old, next.message(), schema);
    var differences = new Differences(schema);
    differences.delivery(before.resource().delivery(), next.delivery());
    differences.message(next.type(), old, next.message());
    return new Change(id(after), Kind.CHANGED, next.origin(), effect, differences.found());
  }

  /** The old message in the new one's schema, if that is another. */
  private static Message asOf(Message next, Message old) {
    if (old.getDescriptorForType().equals(next.getDescriptorForType())) {
      return old;
    }
    try {
      return next.getParserForType().parseFrom(old.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("what is served cannot be read by the schema", e);
    }
  }

  private static ResourceId id(Versioned one) {
    return new ResourceId(one.resource().type(), one.name());
  }
}
