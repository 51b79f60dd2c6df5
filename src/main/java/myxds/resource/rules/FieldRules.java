package myxds.resource.rules;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Set;
import myxds.resource.Finding;
import myxds.resource.Schema;

/**
 * Judges messages by the rules of protoc-gen-validate that stand in their .proto files, as Envoy
 * does when it takes a resource; but tells everything that is wrong, not the first, and looks into
 * every {@code Any} of a known type. Messages may be generated or dynamic.
 *
 * <p>A rule holds for a scalar that is not set too, by its default; for a message only when it is
 * there. Rules that measure a time against the clock ({@code lt_now}, {@code gt_now}, {@code
 * within}) are not judged: Envoy has none, and cannot have.
 *
 * <p>The rules of a message type are read when the first message of it comes. Safe for many
 * threads.
 */
public final class FieldRules {
  private final Schema schema;
  private final Plans plans;

  /** All rules that the .proto files have. */
  public FieldRules(Schema schema) {
    this(schema, Set.of());
  }

  /**
   * @param dropped full names of fields whose rules do not count
   */
  public FieldRules(Schema schema, Set<String> dropped) {
    this.schema = schema;
    this.plans = new Plans(dropped);
  }

  /**
   * Everything that is wrong with the message, in the order of the fields in the .proto files;
   * empty when it is right. Never a value of a field that the api calls sensitive, nor bytes.
   */
  public List<Finding> check(Message message) {
    var type = message.getDescriptorForType();
    var visit = new Visit(schema, plans, type.getName());
    plans.of(type).check(message, visit);
    return visit.findings();
  }
}
