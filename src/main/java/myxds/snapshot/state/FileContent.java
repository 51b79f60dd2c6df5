package myxds.snapshot.state;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import myxds.resource.Delivery;
import myxds.resource.Origin;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.snapshot.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * The resources that a file of the configuration gave to a group, as bytes: one after the other,
 * each with where it begins, what it is, how it is to be delivered, and its message.
 */
final class FileContent {
  private FileContent() {}

  static byte[] write(List<Versioned> resources) {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    try {
      for (var one : resources) {
        write(one, out);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Versioned one, CodedOutputStream out) throws IOException {
    var resource = one.resource();
    out.writeUInt32NoTag(resource.origin().line());
    out.writeUInt32NoTag(resource.origin().column());
    out.writeStringNoTag(resource.type().typeUrl());
    out.writeStringNoTag(resource.name());
    out.writeUInt64NoTag(nanos(resource.delivery().ttl()));
    out.writeUInt32NoTag(resource.delivery().aliases().size());
    for (var alias : resource.delivery().aliases()) {
      out.writeStringNoTag(alias);
    }
    out.writeBytesNoTag(one.content());
  }

  /** Nothing lives for no time: 0 is for ever. */
  private static long nanos(@Nullable Duration ttl) {
    return ttl == null ? 0 : ttl.toNanos();
  }

  /**
   * The resources that were written so.
   *
   * @param file the path of the configuration's file
   * @throws InvalidProtocolBufferException if the schema cannot read one of them
   */
  static List<Resource> read(byte[] bytes, String file, Schema schema)
      throws InvalidProtocolBufferException {
    var in = CodedInputStream.newInstance(bytes);
    var resources = new ArrayList<Resource>();
    try {
      while (!in.isAtEnd()) {
        resources.add(read(in, file, schema));
      }
      return resources;
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  private static Resource read(CodedInputStream in, String file, Schema schema) throws IOException {
    var origin = new Origin(file, in.readUInt32(), in.readUInt32());
    var type = ResourceType.of(in.readStringRequireUtf8());
    var id = new ResourceId(type, in.readStringRequireUtf8());
    long nanos = in.readUInt64();
    var aliases = new ArrayList<String>();
    for (int left = in.readUInt32(); left > 0; left--) {
      aliases.add(in.readStringRequireUtf8());
    }
    var prototype = schema.message(type.typeUrl());
    if (prototype.isEmpty()) {
      throw new InvalidProtocolBufferException(type.typeUrl() + " is not in the schema");
    }
    var message = prototype.get().getParserForType().parseFrom(in.readBytes());
    var ttl = nanos == 0 ? null : Duration.ofNanos(nanos);
    return new Resource(id, message, origin, new Delivery(ttl, aliases));
  }
}
