package myxds.resource.rules;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import io.envoyproxy.pgv.validate.Validate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import myxds.resource.rules.Demand.Shown;

/** The rules of enums, told by the names of their values. */
final class EnumRules {
  /** With more, the enum is named instead of all its values. */
  private static final int MOST_NAMES = 12;

  private EnumRules() {}

  static Check check(Validate.EnumRules rules, EnumDescriptor type) {
    var shown = Shown.<Integer>as(number -> name(type, number));
    var demands = new ArrayList<Demand<Integer>>();
    if (rules.hasConst()) {
      demands.add(Demand.equalTo(rules.getConst(), shown));
    }
    if (rules.getDefinedOnly()) {
      demands.add(
          new Demand<>(
              number -> type.findValueByNumber(number) != null, "one of " + names(type), shown));
    }
    if (rules.getInCount() > 0) {
      demands.add(Demand.in(List.copyOf(rules.getInList()), shown));
    }
    if (rules.getNotInCount() > 0) {
      demands.add(Demand.notIn(List.copyOf(rules.getNotInList()), shown));
    }
    var kind = Kind.of(value -> ((EnumValueDescriptor) value).getNumber(), shown);
    return new Check.Demands<>(kind, demands);
  }

  private static String name(EnumDescriptor type, int number) {
    var value = type.findValueByNumber(number);
    return value == null ? Integer.toString(number) : value.getName();
  }

  private static String names(EnumDescriptor type) {
    return type.getValues().size() > MOST_NAMES
        ? "the values of " + type.getFullName()
        : type.getValues().stream()
            .map(EnumValueDescriptor::getName)
            .collect(Collectors.joining(", "));
  }
}
