package myxds.resource.rules;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import myxds.resource.FieldPath;
import myxds.resource.Finding;
import myxds.resource.ResourceType;
import myxds.resource.Schema;

/** One walk through a message: where it is, and what it found. Of one thread. */
final class Visit {
  /**
   * Each {@code Any} begins anew the parser's own count of levels, so that without a limit of our
   * own a small resource could exhaust the stack.
   */
  private static final int DEEPEST = 400;

  private final Schema schema;
  private final Plans plans;
  private final String root;
  private final List<Step> steps = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  Visit(Schema schema, Plans plans, String root) {
    this.schema = schema;
    this.plans = plans;
    this.root = root;
  }

  void enter(Step step) {
    steps.add(step);
  }

  void leave() {
    steps.remove(steps.size() - 1);
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Something is wrong here: {@code -1s (expected: more than 0s)}. */
  void wrong(String what) {
    var path = FieldPath.ROOT;
    for (var step : steps) {
      path = step.after(path);
    }
    findings.add(Finding.error(path, tail() + ": " + what));
  }

  /** Whether a value that stands here may be told. */
  boolean isSensitive() {
    return steps.stream().anyMatch(step -> step instanceof Step.Field field && field.isSensitive());
  }

  /** {@code filters[1]}: the last field, with what follows it. */
  private String tail() {
    var from = steps.size() - 1;
    while (from > 0 && !(steps.get(from) instanceof Step.Field)) {
      from--;
    }
    var tail = FieldPath.ROOT;
    for (var step : steps.subList(Math.max(from, 0), steps.size())) {
      tail = step.after(tail);
    }
    return steps.isEmpty() ? root : tail.toString();
  }

  /** Looks into an {@code Any}, which may be a dynamic message; not if its type is unknown. */
  void unpack(Message any) {
    var packed = any(any);
    if (schema.message(packed.getTypeUrl()).isEmpty()) {
      return;
    }
    if (steps.size() > DEEPEST) {
      wrong("nested too deep (expected: at most " + DEEPEST + " fields, each inside another)");
      return;
    }
    var inner = schema.unpack(packed);
    if (inner.isEmpty()) {
      var name = ResourceType.of(packed.getTypeUrl()).messageName();
      wrong("bytes that cannot be read (expected: a message " + name + ")");
      return;
    }
    plans.of(inner.get().getDescriptorForType()).check(inner.get(), this);
  }

  private static Any any(Message message) {
    if (message instanceof Any any) {
      return any;
    }
    var type = message.getDescriptorForType();
    return Any.newBuilder()
        .setTypeUrl(typeUrl(message))
        .setValue((ByteString) message.getField(type.findFieldByNumber(Any.VALUE_FIELD_NUMBER)))
        .build();
  }

  static String typeUrl(Message any) {
    var type = any.getDescriptorForType();
    return (String) any.getField(type.findFieldByNumber(Any.TYPE_URL_FIELD_NUMBER));
  }
}
