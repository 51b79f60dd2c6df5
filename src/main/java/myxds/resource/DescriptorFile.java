package myxds.resource;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.WireFormat;
import java.io.IOException;
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
  /** The tag that a file begins with. */
  static final int NAME = text(FileDescriptorProto.NAME_FIELD_NUMBER);

  private static final int PACKAGE = text(FileDescriptorProto.PACKAGE_FIELD_NUMBER);
  private static final int IMPORT = text(FileDescriptorProto.DEPENDENCY_FIELD_NUMBER);
  private static final int MESSAGE = text(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER);
  private static final int COMMENTS = text(FileDescriptorProto.SOURCE_CODE_INFO_FIELD_NUMBER);
  private static final int NAME_OF_MESSAGE = text(DescriptorProto.NAME_FIELD_NUMBER);
  private static final int NESTED = text(DescriptorProto.NESTED_TYPE_FIELD_NUMBER);

  /**
   * Finds out what is in it.
   *
   * @throws IOException if it is not a {@code FileDescriptorProto}
   */
  static DescriptorFile read(ByteString bytes) throws IOException {
    var in = bytes.newCodedInput();
    var name = "";
    var pack = "";
    var imports = new ArrayList<String>();
    var messages = new ArrayList<ByteString>();
    var kept = ByteString.newOutput(bytes.size());
    int tag;
    for (int from = 0; (tag = in.readTag()) != 0; from = in.getTotalBytesRead()) {
      if (tag == NAME) {
        name = in.readStringRequireUtf8();
      } else if (tag == PACKAGE) {
        pack = in.readStringRequireUtf8();
      } else if (tag == IMPORT) {
        imports.add(in.readStringRequireUtf8());
      } else if (tag == MESSAGE) {
        messages.add(in.readBytes());
      } else {
        in.skipField(tag);
      }
      if (tag != COMMENTS) {
        bytes.substring(from, in.getTotalBytesRead()).writeTo(kept);
      }
    }
    return new DescriptorFile(name, imports, names(pack, messages), kept.toByteString());
  }

  private static List<String> names(String pack, List<ByteString> messages) throws IOException {
    var names = new ArrayList<String>();
    for (var message : messages) {
      collect(pack, message.newCodedInput(), names);
    }
    return names;
  }

  private static void collect(String around, CodedInputStream message, List<String> into)
      throws IOException {
    var name = around;
    var nested = new ArrayList<ByteString>();
    int tag;
    while ((tag = message.readTag()) != 0) {
      if (tag == NAME_OF_MESSAGE) {
        var own = message.readStringRequireUtf8();
        name = around.isEmpty() ? own : around + "." + own;
      } else if (tag == NESTED) {
        nested.add(message.readBytes());
      } else {
        message.skipField(tag);
      }
    }
    into.add(name);
    for (var inner : nested) {
      collect(name, inner.newCodedInput(), into);
    }
  }

  /** The tag of a field that holds a text or a message. */
  private static int text(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
