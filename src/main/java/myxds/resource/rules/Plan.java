package myxds.resource.rules;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to look at in messages of one type, so that nothing else is touched. Read from the
 * descriptor at the first message; two threads may both do so, and it does not matter whose is
 * kept, for both are the same and immutable.
 */
final class Plan {
  private final Descriptor type;
  private final Plans plans;
  private @Nullable Ways ways;

  Plan(Descriptor type, Plans plans) {
    this.type = type;
    this.plans = plans;
  }

  void check(Message message, Visit visit) {
    var all = ways;
    if (all == null) {
      all = plans.isRuled(type) ? compile() : new Ways(List.of(), List.of());
      ways = all;
    }
    for (var field : all.fields) {
      field.check(message, visit);
    }
    for (var choice : all.choices) {
      choice.check(message, visit);
    }
  }

  private record Ways(List<Way> fields, List<Choice> choices) {}

  /**
   * To one field.
   *
   * @param always whether a field that is not set is looked at too
   */
  private record Way(
      FieldDescriptor field, Step.Field step, boolean always, FieldChecks.Found found) {

    void check(Message message, Visit visit) {
      if (always || isSet(message)) {
        value(message, visit);
      } else if (found.isRequired()) {
        visit.enter(step);
        visit.wrong("not set (expected: a value)");
        visit.leave();
      }
    }

    private boolean isSet(Message message) {
      return field.isRepeated()
          ? message.getRepeatedFieldCount(field) > 0
          : message.hasField(field);
    }

    void value(Message message, Visit visit) {
      var check = found.check();
      if (check != null) {
        visit.enter(step);
        check.check(message.getField(field), visit);
        visit.leave();
      }
    }
  }

  /** To the member of a oneof that is set, if it must be looked at. */
  private record Choice(
      OneofDescriptor oneof, boolean isRequired, Map<FieldDescriptor, Way> members) {

    void check(Message message, Visit visit) {
      var set = message.getOneofFieldDescriptor(oneof);
      if (set != null) {
        var way = members.get(set);
        if (way != null) {
          way.value(message, visit);
        }
      } else if (isRequired) {
        visit.wrong("none of " + names() + " is set (expected: one)");
      }
    }

    private String names() {
      return oneof.getFields().stream()
          .map(FieldDescriptor::getName)
          .collect(Collectors.joining(", "));
    }
  }

  private Ways compile() {
    var fields =
        type.getFields().stream()
            .filter(field -> field.getRealContainingOneof() == null)
            .map(this::way)
            .filter(Objects::nonNull)
            .toList();
    var choices = type.getRealOneofs().stream().map(this::choice).filter(Objects::nonNull).toList();
    return new Ways(fields, choices);
  }

  private @Nullable Way way(FieldDescriptor field) {
    var found = FieldChecks.of(field, plans);
    return found == null
        ? null
        : new Way(
            field,
            new Step.Field(field.getName(), Annotations.isSensitive(field)),
            found.alsoUnset() && !field.hasPresence(),
            found);
  }

  private @Nullable Choice choice(OneofDescriptor oneof) {
    var members = new HashMap<FieldDescriptor, Way>();
    for (var field : oneof.getFields()) {
      var way = way(field);
      if (way != null) {
        members.put(field, way);
      }
    }
    var required = Annotations.isRequired(oneof);
    return members.isEmpty() && !required ? null : new Choice(oneof, required, members);
  }
}
