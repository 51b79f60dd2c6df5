package myxds.resource;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;

/**
 * One .proto file of a set, of which only the table of contents was read.
 *
 * @param imports the files that it needs, by their names
 * @param messages full names, nested ones too
 * @param content a {@code FileDescriptorProto} without comments
 */
record DescriptorFile(
    String name, List<String> imports, List<String> messages, ByteString content) {
  /** Of messages inside messages; the parser of the whole has the same limit. */
  private static final int DEEPEST = 100;

  /**
   * Finds out what is in it; its name is empty when it is no such file.
   *
   * @throws InvalidProtocolBufferException if it is not even a message
   */
  static DescriptorFile read(ByteString bytes) throws InvalidProtocolBufferException {
    var fields = UnknownFieldSet.parseFrom(bytes);
    var messages = new ArrayList<String>();
    for (var message : values(fields, FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER)) {
      collect(text(fields, FileDescriptorProto.PACKAGE_FIELD_NUMBER), message, 1, messages);
    }
    return new DescriptorFile(
        text(fields, FileDescriptorProto.NAME_FIELD_NUMBER),
        values(fields, FileDescriptorProto.DEPENDENCY_FIELD_NUMBER).stream()
            .map(ByteString::toStringUtf8)
            .toList(),
        List.copyOf(messages),
        essence(fields));
  }

  /** Without comments, and without what only some compilers add: buf tells of its modules. */
  private static ByteString essence(UnknownFieldSet fields) {
    var essence = fields.toBuilder().clearField(FileDescriptorProto.SOURCE_CODE_INFO_FIELD_NUMBER);
    fields.asMap().keySet().stream()
        .filter(number -> FileDescriptorProto.getDescriptor().findFieldByNumber(number) == null)
        .forEach(essence::clearField);
    return essence.build().toByteString();
  }

  /** Whether it can stand for the other; compilers bring protobuf's own files, each its edition. */
  boolean isLike(DescriptorFile other) {
    return content.equals(other.content) || name.startsWith("google/protobuf/");
  }

  private static void collect(String around, ByteString message, int depth, List<String> into)
      throws InvalidProtocolBufferException {
    if (depth > DEEPEST) {
      throw new InvalidProtocolBufferException("messages are nested too deep");
    }
    var fields = UnknownFieldSet.parseFrom(message);
    var own = text(fields, DescriptorProto.NAME_FIELD_NUMBER);
    var name = around.isEmpty() ? own : around + "." + own;
    into.add(name);
    for (var nested : values(fields, DescriptorProto.NESTED_TYPE_FIELD_NUMBER)) {
      collect(name, nested, depth + 1, into);
    }
  }

  private static String text(UnknownFieldSet fields, int number) {
    var values = values(fields, number);
    return values.isEmpty() ? "" : values.getLast().toStringUtf8();
  }

  private static List<ByteString> values(UnknownFieldSet fields, int number) {
    return fields.getField(number).getLengthDelimitedList();
  }
}
