package myxds.diff;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import myxds.diff.GroupDiff.Field;
import myxds.resource.Delivery;
import myxds.resource.FieldPath;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.resource.SecretFields;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two messages of one type, field by field. It collects; nothing of a
 * secret but its place is found.
 */
final class Differences {
  private final Texts texts;
  private final List<Field> found = new ArrayList<>();

  Differences(Schema schema) {
    this.texts = new Texts(schema);
  }

  List<Field> found() {
    return found;
  }

  /** How it is delivered stands beside the message, in its wrapper. */
  void delivery(Delivery before, Delivery after) {
    if (!Objects.equals(before.ttl(), after.ttl())) {
      add(FieldPath.ROOT.field("ttl"), text(before.ttl()), text(after.ttl()));
    }
    if (!before.aliases().equals(after.aliases())) {
      var path = FieldPath.ROOT.field("aliases");
      add(path, before.aliases().toString(), after.aliases().toString());
    }
  }

  private static @Nullable String text(@Nullable Duration ttl) {
    return ttl == null ? null : Texts.ofDuration(ttl.getSeconds(), ttl.getNano());
  }

  void message(ResourceType type, Message before, Message after) {
    message(new Place(FieldPath.ROOT, type.equals(ResourceType.SECRET)), before, after);
  }

  /**
   * Where the walk is.
   *
   * @param secret whether no value may be told
   */
  private record Place(FieldPath path, boolean secret) {
    Place at(FieldPath path) {
      return new Place(path, secret);
    }
  }

  private void message(Place at, Message before, Message after) {
    if (before.equals(after)) {
      return;
    }
    var old = texts.inside(before);
    var next = texts.inside(after);
    if (texts.isLeaf(old)
        || texts.isLeaf(next)
        || !old.getDescriptorForType().equals(next.getDescriptorForType())) {
      leaf(at, texts.of(before), texts.of(after));
      return;
    }
    for (var field : next.getDescriptorForType().getFields()) {
      if (!old.getField(field).equals(next.getField(field))
          || isSet(old, field) != isSet(next, field)) {
        field(at, field, old, next);
      }
    }
    if (!old.getUnknownFields().equals(next.getUnknownFields())) {
      add(at.path.field("(unknown fields)"), "(some)", "(others)");
    }
  }

  private static boolean isSet(Message message, FieldDescriptor field) {
    return field.hasPresence() && message.hasField(field);
  }

  private void field(Place in, FieldDescriptor field, Message before, Message after) {
    var path = Texts.isStruct(after) ? in.path : in.path.field(field.getName());
    if (texts.hides(before, field) || texts.hides(after, field)) {
      found.add(Field.secret(path));
    } else if (field.isMapField()) {
      map(in.at(path), after, map(before, field), map(after, field));
    } else if (field.isRepeated()) {
      list(in.at(path), list(before, field), list(after, field));
    } else if (field.getJavaType() == JavaType.MESSAGE
        && before.hasField(field)
        && after.hasField(field)) {
      message(in.at(path), (Message) before.getField(field), (Message) after.getField(field));
    } else {
      leaf(in.at(path), texts.of(before, field), texts.of(after, field));
    }
  }

  private void map(Place at, Message owner, Map<String, Object> before, Map<String, Object> after) {
    if (at.secret) {
      found.add(Field.secret(at.path));
      return;
    }
    var keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (var key : keys) {
      var path = at.path.key(key);
      if (!Objects.equals(before.get(key), after.get(key))) {
        if (SecretFields.holds(owner, key, before.get(key))
            || SecretFields.holds(owner, key, after.get(key))) {
          found.add(Field.secret(path));
        } else {
          value(at.at(path), before.get(key), after.get(key));
        }
      }
    }
  }

  private void list(Place at, List<?> before, List<?> after) {
    if (at.secret) {
      found.add(Field.secret(at.path));
      return;
    }
    var matching = Matching.of(before, after);
    for (var pair : matching.pairs()) {
      value(at.at(pair.path(at.path)), pair.before(), pair.after());
    }
    matching.order().ifPresent(order -> add(at.path, order.before(), order.after()));
  }

  private void value(Place at, @Nullable Object before, @Nullable Object after) {
    if (before instanceof Message old && after instanceof Message next) {
      message(at, old, next);
    } else {
      leaf(at, texts.orNull(before), texts.orNull(after));
    }
  }

  private void leaf(Place at, @Nullable String before, @Nullable String after) {
    if (at.secret) {
      found.add(Field.secret(at.path));
    } else {
      add(at.path, before, after);
    }
  }

  private void add(FieldPath path, @Nullable String before, @Nullable String after) {
    found.add(
        new Field(path, Shortened.against(before, after), Shortened.against(after, before), false));
  }

  private static List<?> list(Message message, FieldDescriptor field) {
    return (List<?>) message.getField(field);
  }

  private static Map<String, Object> map(Message message, FieldDescriptor field) {
    var map = new LinkedHashMap<String, Object>();
    for (var each : list(message, field)) {
      var entry = (Message) each;
      var type = entry.getDescriptorForType();
      map.put(
          String.valueOf(entry.getField(type.findFieldByName("key"))),
          entry.getField(type.findFieldByName("value")));
    }
    return map;
  }
}
