package myxds.resource.rules;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of numbers, durations and timestamps: fourteen messages, of which the fields have the
 * same names.
 */
final class OrderedRules<T> {
  private final Message rules;
  private final Kind.Ordered<T> ordered;

  OrderedRules(Message rules, Kind.Ordered<T> ordered) {
    this.rules = rules;
    this.ordered = ordered;
  }

  @Nullable Check check() {
    var demands = demands();
    if (demands.isEmpty()) {
      return null;
    }
    var check = new Check.Demands<>(ordered.kind(), demands);
    return ignoresEmpty()
        ? new Check.UnlessEmpty(value -> ordered.empty().equals(read(value)), check)
        : check;
  }

  private List<Demand<T>> demands() {
    var shown = ordered.kind().shown();
    var demands = new ArrayList<Demand<T>>();
    var constant = one("const");
    if (constant != null) {
      demands.add(Demand.equalTo(constant, shown));
    }
    var range =
        new Range<>(
            ordered.order(),
            Range.lower(one("gt"), one("gte")),
            Range.upper(one("lt"), one("lte")));
    if (range.isBounded()) {
      demands.add(new Demand<>(range::holds, range.text(shown.open()), shown));
    }
    if (!many("in").isEmpty()) {
      demands.add(Demand.in(many("in"), shown));
    }
    if (!many("not_in").isEmpty()) {
      demands.add(Demand.notIn(many("not_in"), shown));
    }
    return demands;
  }

  private boolean ignoresEmpty() {
    var field = rules.getDescriptorForType().findFieldByName("ignore_empty");
    return field != null && (boolean) rules.getField(field);
  }

  private @Nullable T one(String name) {
    var field = rules.getDescriptorForType().findFieldByName(name);
    return field != null && rules.hasField(field) ? read(rules.getField(field)) : null;
  }

  /** Timestamps have no lists. */
  private List<T> many(String name) {
    var field = rules.getDescriptorForType().findFieldByName(name);
    var values = new ArrayList<T>();
    if (field != null) {
      for (var each : (List<?>) rules.getField(field)) {
        var value = read(each);
        if (value != null) {
          values.add(value);
        }
      }
    }
    return values;
  }

  private @Nullable T read(Object value) {
    return ordered.kind().read().apply(value);
  }
}
