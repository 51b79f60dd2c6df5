package myxds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.util.Optional;

/**
 * Tells an {@code Any} whatever its Java class: of a schema from a file it is a dynamic message.
 */
public final class Packed {
  private Packed() {}

  /** The message, if it is an {@code Any}. */
  public static Optional<Any> any(Message message) {
    if (message instanceof Any any) {
      return Optional.of(any);
    }
    var type = message.getDescriptorForType();
    if (!type.getFullName().equals(Any.getDescriptor().getFullName())) {
      return Optional.empty();
    }
    return Optional.of(
        Any.newBuilder()
            .setTypeUrl(
                (String) message.getField(type.findFieldByNumber(Any.TYPE_URL_FIELD_NUMBER)))
            .setValue((ByteString) message.getField(type.findFieldByNumber(Any.VALUE_FIELD_NUMBER)))
            .build());
  }
}
