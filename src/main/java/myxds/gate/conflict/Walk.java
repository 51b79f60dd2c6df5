package myxds.gate.conflict;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import myxds.resource.FieldPath;
import myxds.resource.Finding;
import myxds.resource.Schema;

/**
 * Goes through a message, inside {@code Any}s too, and has each message in it checked by what there
 * is for its type. Fields that lead to no such type are not looked into.
 */
final class Walk {
  private static final String ANY = Any.getDescriptor().getFullName();

  private final Schema schema;
  private final Map<String, List<Check>> checks;
  private final Map<Descriptor, List<FieldDescriptor>> plans = new ConcurrentHashMap<>();

  /** What is to be done with messages of these full names. */
  Walk(Schema schema, Map<String, List<Check>> checks) {
    this.schema = schema;
    this.checks = checks;
  }

  List<Finding> of(Message message) {
    var found = new ArrayList<Finding>();
    visit(new Node(message, FieldPath.ROOT), found);
    return List.copyOf(found);
  }

  private void visit(Node node, List<Finding> found) {
    if (node.type().equals(ANY)) {
      unpacked(schema, node).ifPresent(inner -> visit(inner, found));
      return;
    }
    for (var check : checks.getOrDefault(node.type(), List.of())) {
      check.of(node, found);
    }
    for (var field : plans.computeIfAbsent(node.message().getDescriptorForType(), this::plan)) {
      inside(node, field, found);
    }
  }

  /** The message inside an {@code Any}, at the path of the field that holds it. */
  static Optional<Node> unpacked(Schema schema, Node any) {
    try {
      var packed =
          any.message() instanceof Any same ? same : Any.parseFrom(any.message().toByteString());
      return schema.unpack(packed).map(message -> new Node(message, any.path()));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private void inside(Node node, FieldDescriptor field, List<Finding> found) {
    if (field.isMapField()) {
      var value = field.getMessageType().findFieldByName("value");
      for (var entry : node.children(field.getName())) {
        var at = node.at(field.getName()).key(entry.text("key"));
        visit(new Node((Message) entry.message().getField(value), at), found);
      }
    } else if (field.isRepeated()) {
      node.children(field.getName()).forEach(element -> visit(element, found));
    } else {
      node.child(field.getName()).ifPresent(child -> visit(child, found));
    }
  }

  private List<FieldDescriptor> plan(Descriptor type) {
    return type.getFields().stream().filter(this::leads).toList();
  }

  private boolean leads(FieldDescriptor field) {
    var inner = inner(field);
    if (inner.isEmpty()) {
      return false;
    }
    var seen = new HashSet<Descriptor>(inner.stream().toList());
    var todo = new ArrayDeque<>(seen);
    while (!todo.isEmpty()) {
      var type = todo.remove();
      if (type.getFullName().equals(ANY) || checks.containsKey(type.getFullName())) {
        return true;
      }
      for (var next : type.getFields()) {
        inner(next).filter(seen::add).ifPresent(todo::add);
      }
    }
    return false;
  }

  /** The message type of a field, of a map that of its values. */
  private static Optional<Descriptor> inner(FieldDescriptor field) {
    if (field.getJavaType() != JavaType.MESSAGE) {
      return Optional.empty();
    }
    var type = field.getMessageType();
    return field.isMapField() ? inner(type.findFieldByName("value")) : Optional.of(type);
  }
}
