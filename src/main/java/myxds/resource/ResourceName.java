package myxds.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/** Where a resource has its name. */
public final class ResourceName {
  private ResourceName() {}

  /** The name; empty when it has none, or its message has no place for one. */
  public static String of(Message message) {
    var field = message.getDescriptorForType().findFieldByName(field(message));
    return field != null && field.getJavaType() == FieldDescriptor.JavaType.STRING
        ? (String) message.getField(field)
        : "";
  }

  /** The same message with this name. */
  static Message named(Message message, String name) {
    var field = message.getDescriptorForType().findFieldByName(field(message));
    return message.toBuilder().setField(field, name).build();
  }

  /** Where an author may write it, for a message. */
  static String expected(Message message) {
    var field = field(message);
    return message.getDescriptorForType().findFieldByName(field) == null
        ? "an %s around it that has one".formatted(Wrapper.NAME)
        : "\"%s: …\"".formatted(field);
  }

  /**
   * The field that holds it: {@code name}, for every type of the transport that has one but one.
   */
  static String field(Message message) {
    var type = message.getDescriptorForType().getFullName();
    return type.equals(ResourceType.ENDPOINT.messageName()) ? "cluster_name" : "name";
  }
}
