package myxds.diff;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import myxds.resource.Schema;

/**
 * Whether Envoy sees a difference between two listeners: to it a field that is not set is one that
 * is set to nothing, and the order of a list does not matter.
 */
final class Equivalence {
  private final Schema schema;

  Equivalence(Schema schema) {
    this.schema = schema;
  }

  boolean same(Message one, Message other, FieldDescriptor field) {
    var a = one.getField(field);
    var b = other.getField(field);
    return field.isRepeated() ? sameSet((List<?>) a, (List<?>) b) : sameValue(a, b);
  }

  private boolean sameSet(List<?> some, List<?> others) {
    if (some.size() != others.size()) {
      return false;
    }
    var left = new ArrayList<Object>(others);
    return some.stream().allMatch(one -> removed(one, left));
  }

  private boolean removed(Object one, List<Object> from) {
    for (int i = 0; i < from.size(); i++) {
      if (sameValue(one, from.get(i))) {
        from.remove(i);
        return true;
      }
    }
    return false;
  }

  private boolean sameValue(Object a, Object b) {
    return a.equals(b)
        || (a instanceof Message one && b instanceof Message other && same(one, other));
  }

  private boolean same(Message one, Message other) {
    var a = inside(one);
    var b = inside(other);
    return a.getDescriptorForType().equals(b.getDescriptorForType())
        && a.getUnknownFields().equals(b.getUnknownFields())
        && Schema.any(a).isEmpty()
        && a.getDescriptorForType().getFields().stream().allMatch(field -> same(a, b, field));
  }

  private Message inside(Message message) {
    return Schema.any(message).flatMap(schema::unpack).orElse(message);
  }
}
