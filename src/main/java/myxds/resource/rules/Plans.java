package myxds.resource.rules;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import io.envoyproxy.pgv.validate.Validate;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A plan for each message type, made when it is first asked for; guarded by itself. */
final class Plans {
  private final Map<Descriptor, Plan> plans = new HashMap<>();
  private final Map<Descriptor, Boolean> ruled = new HashMap<>();
  private final Set<String> dropped;

  /**
   * @param dropped full names of fields whose rules do not count
   */
  Plans(Set<String> dropped) {
    this.dropped = dropped;
  }

  /** The rules of a field that count; none is an empty message. */
  Validate.FieldRules rules(FieldDescriptor field) {
    return dropped.contains(field.getFullName())
        ? Validate.FieldRules.getDefaultInstance()
        : Annotations.rules(field);
  }

  synchronized Plan of(Descriptor type) {
    return plans.computeIfAbsent(type, missing -> new Plan(missing, this));
  }

  /**
   * Whether a message of this type, or one below it, can be wrong: a rule can be reached, or an
   * {@code Any}. Types refer to each other in circles; each is looked at once.
   */
  synchronized boolean isRuled(Descriptor type) {
    var known = ruled.get(type);
    if (known != null) {
      return known;
    }
    var found = reachesRules(type);
    ruled.put(type, found);
    return found;
  }

  private static boolean reachesRules(Descriptor from) {
    var seen = new HashSet<Descriptor>();
    var open = new ArrayDeque<Descriptor>();
    open.add(from);
    while (!open.isEmpty()) {
      var type = open.remove();
      if (!seen.add(type) || Annotations.isDisabled(type)) {
        continue;
      }
      if (hasRules(type)) {
        return true;
      }
      type.getFields().stream()
          .filter(field -> field.getJavaType() == JavaType.MESSAGE)
          .map(FieldDescriptor::getMessageType)
          .forEach(open::add);
    }
    return false;
  }

  private static boolean hasRules(Descriptor type) {
    return isAny(type)
        || type.getFields().stream().anyMatch(Annotations::hasRules)
        || type.getOneofs().stream().anyMatch((OneofDescriptor o) -> Annotations.isRequired(o));
  }

  static boolean isAny(Descriptor type) {
    return type.getFullName().equals(Any.getDescriptor().getFullName());
  }
}
