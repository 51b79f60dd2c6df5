package myxds.resource;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.pgv.validate.Validate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The .proto files that an operator gave. At first they are only listed; a file and those that it
 * imports become descriptors when one of its messages is first named. Safe for many threads.
 */
final class DescriptorSet {
  /** Of no files. */
  static final DescriptorSet EMPTY = new DescriptorSet(Map.of(), Map.of());

  private static final ExtensionRegistry ANNOTATIONS = annotations();

  private final Map<String, DescriptorFile> files;
  private final Map<String, DescriptorFile> byMessage;
  private final Map<String, FileDescriptor> built = new HashMap<>();
  private final Map<String, String> broken = new HashMap<>();

  private DescriptorSet(Map<String, DescriptorFile> files, Map<String, DescriptorFile> byMessage) {
    this.files = files;
    this.byMessage = byMessage;
  }

  /**
   * Lists what is in a {@code FileDescriptorSet}.
   *
   * @throws NotASchema if it is none, or one that lacks something
   */
  static DescriptorSet of(ByteString bytes) throws NotASchema {
    var files = DescriptorFiles.read(bytes);
    var byMessage = new HashMap<String, DescriptorFile>();
    for (var file : files.values()) {
      for (var message : file.messages()) {
        var other = byMessage.putIfAbsent(message, file);
        if (other != null) {
          throw new NotASchema(
              "has the message %s in \"%s\" and in \"%s\" (expected: once)"
                  .formatted(message, other.name(), file.name()));
        }
      }
    }
    return new DescriptorSet(files, byMessage);
  }

  /** Whether it has a file of this name. */
  boolean hasFile(String name) {
    return files.containsKey(name);
  }

  /** Whether one of its files has this message. */
  boolean has(String message) {
    return byMessage.containsKey(message);
  }

  /** The names of all messages. */
  Set<String> names() {
    return byMessage.keySet();
  }

  /** Why a message that is in it cannot be used; empty if it can, or was not asked for yet. */
  synchronized Optional<String> trouble(String message) {
    return Optional.ofNullable(broken.get(message));
  }

  /** The message of this name; empty too if its file turns out to be wrong. */
  synchronized Optional<Message> message(String name) {
    var file = byMessage.get(name);
    if (file == null || broken.containsKey(name)) {
      return Optional.empty();
    }
    try {
      return find(descriptor(file), name)
          .filter(type -> !type.getOptions().getMapEntry())
          .map(DynamicMessage::getDefaultInstance);
    } catch (DescriptorValidationException | InvalidProtocolBufferException e) {
      broken.put(name, "the schema's file \"" + file.name() + "\" is wrong: " + e.getMessage());
      return Optional.empty();
    }
  }

  private FileDescriptor descriptor(DescriptorFile file)
      throws DescriptorValidationException, InvalidProtocolBufferException {
    var known = built.get(file.name());
    if (known != null) {
      return known;
    }
    var imports = new ArrayList<FileDescriptor>();
    for (var name : file.imports()) {
      imports.add(descriptor(Objects.requireNonNull(files.get(name))));
    }
    var proto = FileDescriptorProto.parseFrom(file.content(), ANNOTATIONS);
    var made = FileDescriptor.buildFrom(proto, imports.toArray(FileDescriptor[]::new));
    built.put(file.name(), made);
    return made;
  }

  private static Optional<Descriptor> find(FileDescriptor file, String name) {
    return find(file.getMessageTypes(), name);
  }

  private static Optional<Descriptor> find(List<Descriptor> types, String name) {
    for (var type : types) {
      if (name.equals(type.getFullName())) {
        return Optional.of(type);
      }
      if (name.startsWith(type.getFullName() + ".")) {
        return find(type.getNestedTypes(), name);
      }
    }
    return Optional.empty();
  }

  /** Without these, what options say about a field would be unknown bytes. */
  private static ExtensionRegistry annotations() {
    var registry = ExtensionRegistry.newInstance();
    Validate.registerAllExtensions(registry);
    udpa.annotations.Sensitive.registerAllExtensions(registry);
    xds.annotations.v3.Sensitive.registerAllExtensions(registry);
    return registry;
  }
}
