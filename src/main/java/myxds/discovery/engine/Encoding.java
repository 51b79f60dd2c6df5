package myxds.discovery.engine;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import myxds.resource.ResourceType;
import myxds.snapshot.Versioned;

/**
 * A response as it grows, in bytes: resources are carried as they were encoded when they were
 * published, and never parsed or built again.
 */
final class Encoding {
  /** Both kinds of response have their resources in the same field. */
  private static final int RESOURCES = DiscoveryResponse.RESOURCES_FIELD_NUMBER;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, 1 << 13);
  private int count;

  /** Begins with all that is not a resource. */
  Encoding(Message head) {
    write(() -> head.writeTo(out));
  }

  /** SotW: the resource itself, or wrapped with its time to live for clients that know it. */
  void addSotw(ResourceType type, Versioned resource, boolean ttl) {
    if (ttl && resource.ttl() != null) {
      var content =
          Any.newBuilder().setTypeUrl(type.typeUrl()).setValue(resource.content()).build();
      add(Any.pack(wrapper(resource, true).setResource(content).build()));
    } else {
      count++;
      write(() -> writeAny(RESOURCES, type, resource.content()));
    }
  }

  /** Delta: the resource with its name and version. */
  void addNamed(ResourceType type, Versioned resource, boolean ttl) {
    var head = wrapper(resource, ttl).build();
    count++;
    write(() -> {
      int size = head.getSerializedSize() + anySize(type, resource.content());
      out.writeTag(RESOURCES, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(size);
      head.writeTo(out);
      writeAny(Resource.RESOURCE_FIELD_NUMBER, type, resource.content());
    });
  }

  /** A resource that lives on, without its content. */
  void addHeartbeat(Versioned resource, boolean delta) {
    var heartbeat = wrapper(resource, true).clearAliases().build();
    add(delta ? heartbeat : Any.pack(heartbeat));
  }

  /** Anything else that stands among the resources. */
  void add(Message resource) {
    count++;
    write(() -> out.writeMessage(RESOURCES, resource));
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    write(out::flush);
    return bytes.toByteArray();
  }

  static Resource.Builder wrapper(Versioned resource, boolean ttl) {
    var wrapper =
        Resource.newBuilder()
            .setName(resource.name())
            .setVersion(resource.version())
            .addAllAliases(resource.aliases());
    var time = resource.ttl();
    if (ttl && time != null) {
      wrapper.setTtl(Duration.newBuilder().setSeconds(time.getSeconds()).setNanos(time.getNano()));
    }
    return wrapper;
  }

  private void writeAny(int field, ResourceType type, ByteString content) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(anyContentSize(type, content));
    out.writeString(Any.TYPE_URL_FIELD_NUMBER, type.typeUrl());
    out.writeBytes(Any.VALUE_FIELD_NUMBER, content);
  }

  private static int anySize(ResourceType type, ByteString content) {
    int size = anyContentSize(type, content);
    return CodedOutputStream.computeTagSize(Resource.RESOURCE_FIELD_NUMBER)
        + CodedOutputStream.computeUInt32SizeNoTag(size)
        + size;
  }

  private static int anyContentSize(ResourceType type, ByteString content) {
    return CodedOutputStream.computeStringSize(Any.TYPE_URL_FIELD_NUMBER, type.typeUrl())
        + CodedOutputStream.computeBytesSize(Any.VALUE_FIELD_NUMBER, content);
  }

  private static void write(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
  }

  private interface Writing {
    void write() throws IOException;
  }
}
