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
import myxds.resource.Schema;

/**
 * Goes through a message, inside {@code Any}s too, and has each message in it looked at by what
 * there is for its type. Fields that lead to no such type are not looked into.
 */
final class Walk<F> {
  private static final String ANY = Any.getDescriptor().getFullName();

  private final Schema schema;
  private final Map<String, ? extends List<? extends Look<F>>> looks;
  private final Map<Descriptor, List<FieldDescriptor>> plans = new ConcurrentHashMap<>();

  /** What is to be done with messages of these full names. */
  Walk(Schema schema, Map<String, ? extends List<? extends Look<F>>> looks) {
    this.schema = schema;
    this.looks = looks;
  }

  List<F> of(Message message) {
    var found = new ArrayList<F>();
    visit(new Node(message, FieldPath.ROOT), found);
    return List.copyOf(found);
  }

  private void visit(Node node, List<F> found) {
    if (node.type().equals(ANY)) {
      unpacked(schema, node).ifPresent(inner -> visit(inner, found));
      return;
    }
    var here = looks.get(node.type());
    if (here != null) {
      here.forEach(look -> look.of(node, found));
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

  private void inside(Node node, FieldDescriptor field, List<F> found) {
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
      if (type.getFullName().equals(ANY) || looks.containsKey(type.getFullName())) {
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
