package myxds.resource.rules;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.envoyproxy.pgv.validate.Validate;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Random messages of any type. They are meant to be right, but for a share of their values, or for
 * one field: a wrong value is to be the only one, not hidden behind others.
 */
final class RandomMessages {
  private static final int DEEP = 4;
  private static final int DEEPEST = 20;

  private final Random random;
  private final RandomValues values;
  private final double wrong;
  private final @Nullable FieldDescriptor target;
  private boolean isAtTarget;

  private RandomMessages(long seed, double wrong, @Nullable FieldDescriptor target) {
    this.random = new Random(seed);
    this.values = new RandomValues(random);
    this.wrong = wrong;
    this.target = target;
  }

  /** Of which a share of the values, 0 to 1, ignores its rules. */
  static RandomMessages wrongIn(double share, long seed) {
    return new RandomMessages(seed, share, null);
  }

  /** Of which this field of the message ignores its rules, mostly. */
  static RandomMessages wrongAt(FieldDescriptor target, long seed) {
    return new RandomMessages(seed, 0, target);
  }

  Message message(Message.Builder into) {
    return message(into, 0);
  }

  private Message message(Message.Builder builder, int depth) {
    var type = builder.getDescriptorForType();
    for (var field : type.getFields()) {
      if (field.getRealContainingOneof() == null) {
        isAtTarget = depth == 0 && field.equals(target);
        field(builder, field, depth);
        isAtTarget = false;
      }
    }
    for (var oneof : type.getRealOneofs()) {
      oneof(builder, oneof, depth);
    }
    return builder.build();
  }

  private boolean breaks() {
    return isAtTarget ? random.nextInt(4) > 0 : random.nextDouble() < wrong;
  }

  private void oneof(Message.Builder builder, OneofDescriptor oneof, int depth) {
    boolean wanted = Annotations.isRequired(oneof) ? !breaks() : random.nextInt(3 + depth) < 2;
    if (depth == 0 && target != null && oneof.getFields().contains(target)) {
      isAtTarget = true;
      builder.setField(target, value(builder, target, Annotations.rules(target), depth));
      isAtTarget = false;
    } else if (wanted && depth <= DEEPEST) {
      var field = member(oneof, depth);
      builder.setField(field, value(builder, field, Annotations.rules(field), depth));
    }
  }

  private FieldDescriptor member(OneofDescriptor oneof, int depth) {
    var members = oneof.getFields();
    var ending = members.stream().filter(field -> !leadsBack(field, oneof)).toList();
    var choice = depth > DEEP && !ending.isEmpty() ? ending : members;
    return choice.get(random.nextInt(choice.size()));
  }

  private void field(Message.Builder builder, FieldDescriptor field, int depth) {
    var rules = Annotations.rules(field);
    if (field.isRepeated()) {
      var size = size(rules, depth);
      var keys = new HashSet<Object>();
      for (int i = 0; i < size; i++) {
        element(builder, field, depth, keys);
      }
    } else if (isWanted(field, rules, depth)) {
      builder.setField(field, value(builder, field, rules, depth));
    }
  }

  /** The keys of a map are all different, and so are the elements of a list, but for some. */
  private void element(
      Message.Builder builder, FieldDescriptor field, int depth, Set<Object> before) {
    var rules = Annotations.rules(field);
    for (int attempt = 0; attempt < 20; attempt++) {
      var element =
          field.isMapField()
              ? entry(builder, field, rules.getMap(), depth)
              : value(builder, field, rules.getRepeated().getItems(), depth);
      if (before.add(field.isMapField() ? key(element) : element)
          || (!field.isMapField() && breaks())) {
        builder.addRepeatedField(field, element);
        return;
      }
    }
  }

  /** Rough, but most circles of types are short. */
  private static boolean leadsBack(FieldDescriptor field, OneofDescriptor oneof) {
    if (field.getJavaType() != JavaType.MESSAGE) {
      return false;
    }
    var from = oneof.getContainingType();
    var type = field.getMessageType();
    return type.equals(from)
        || type.getFields().stream()
            .filter(next -> next.getJavaType() == JavaType.MESSAGE)
            .anyMatch(next -> next.getMessageType().equals(from));
  }

  private static Object key(Object entry) {
    var message = (Message) entry;
    return message.getField(message.getDescriptorForType().findFieldByNumber(1));
  }

  private Message entry(
      Message.Builder parent, FieldDescriptor field, Validate.MapRules rules, int depth) {
    var entry = parent.newBuilderForField(field);
    var type = field.getMessageType();
    var key = type.findFieldByNumber(1);
    var value = type.findFieldByNumber(2);
    entry.setField(key, value(entry, key, rules.getKeys(), depth));
    entry.setField(value, value(entry, value, rules.getValues(), depth));
    return entry.build();
  }

  private int size(Validate.FieldRules rules, int depth) {
    var list = rules.getRepeated();
    var map = rules.getMap();
    long least = Math.max(list.getMinItems(), map.getMinPairs());
    var has = list.hasMaxItems() || map.hasMaxPairs();
    long most = has ? Math.max(list.getMaxItems(), map.getMaxPairs()) : least + 2;
    if (isAtTarget ? random.nextBoolean() : breaks()) {
      return (int)
          (random.nextBoolean()
              ? Math.max(least - 1, 0)
              : Math.min(most, isAtTarget ? 1_000 : 50) + 1);
    }
    if (isAtTarget) {
      return (int) least + 1;
    }
    return (depth > 1 && random.nextInt(depth) > 0) || depth > DEEP
        ? (int) least
        : (int) Math.min(least + random.nextInt(2), most);
  }

  private boolean isWanted(FieldDescriptor field, Validate.FieldRules rules, int depth) {
    var isRequired =
        rules.getMessage().getRequired()
            || rules.getAny().getRequired()
            || rules.getDuration().getRequired();
    if (isRequired) {
      return isAtTarget ? random.nextBoolean() : !breaks();
    }
    if (isAtTarget) {
      return true;
    }
    if (field.getJavaType() != JavaType.MESSAGE) {
      return field.hasPresence() ? random.nextBoolean() : !breaks();
    }
    return depth <= DEEP && random.nextInt(3 + 2 * depth) == 0;
  }

  private Object value(
      Message.Builder parent, FieldDescriptor field, Validate.FieldRules rules, int depth) {
    if (field.getJavaType() != JavaType.MESSAGE) {
      return values.scalar(field, rules, breaks());
    }
    var type = field.getMessageType();
    var builder = parent.newBuilderForField(field);
    if (type.getFullName().equals(Any.getDescriptor().getFullName())) {
      return values.any(rules.getAny(), breaks());
    }
    if (type.getFullName().equals(Duration.getDescriptor().getFullName())) {
      return values.duration(rules.getDuration(), breaks());
    }
    if (isWrapper(type)) {
      var inner = type.getFields().getFirst();
      return builder.setField(inner, values.scalar(inner, rules, breaks())).build();
    }
    if (isPlain(type)) {
      return builder.build();
    }
    var before = isAtTarget;
    isAtTarget = false;
    var message = message(builder, depth + 1);
    isAtTarget = before;
    return message;
  }

  private static boolean isWrapper(Descriptor type) {
    return type.getFile().getPackage().equals("google.protobuf")
        && type.getFields().size() == 1
        && type.getFields().getFirst().getName().equals("value");
  }

  /** Messages of protobuf's own, of which the content does not matter to any rule. */
  private static boolean isPlain(Descriptor type) {
    return List.of("google.protobuf", "google.rpc", "google.api.expr.v1alpha1", "cel.expr")
        .contains(type.getFile().getPackage());
  }
}
