package myxds.resource;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes a {@code FileDescriptorSet} apart and says what is wrong with it. */
final class DescriptorFiles {
  private static final String EXPECTED =
      "expected: what \"protoc --include_imports -o FILE\" or \"buf build -o FILE.binpb\" writes";

  private DescriptorFiles() {}

  /**
   * The files by their names; whatever one imports is among them, and none imports itself.
   *
   * @throws NotASchema if that is not so
   */
  static Map<String, DescriptorFile> read(ByteString bytes) throws NotASchema {
    if (bytes.isEmpty()) {
      throw new NotASchema("is empty (" + EXPECTED + ")");
    }
    var files = new HashMap<String, DescriptorFile>();
    for (var content : contents(bytes)) {
      var file = file(content);
      var other = files.putIfAbsent(file.name(), file);
      // Two sets may be joined end to end: what both have is there twice, but alike.
      if (other != null && !other.isLike(file)) {
        throw new NotASchema("has two different files \"" + file.name() + "\" (expected: one)");
      }
    }
    requireImports(files);
    requireNoCircles(files);
    return files;
  }

  private static List<ByteString> contents(ByteString bytes) throws NotASchema {
    var number = FileDescriptorSet.FILE_FIELD_NUMBER;
    try {
      var fields = UnknownFieldSet.parseFrom(bytes);
      if (fields.asMap().keySet().equals(Set.of(number))) {
        return fields.getField(number).getLengthDelimitedList();
      }
    } catch (InvalidProtocolBufferException e) {
      throw none();
    }
    throw none();
  }

  private static DescriptorFile file(ByteString content) throws NotASchema {
    try {
      var file = DescriptorFile.read(content);
      if (!file.name().isEmpty()) {
        return file;
      }
    } catch (InvalidProtocolBufferException e) {
      throw none();
    }
    throw none();
  }

  private static NotASchema none() {
    return new NotASchema("is not a FileDescriptorSet, or not all of one (" + EXPECTED + ")");
  }

  private static void requireImports(Map<String, DescriptorFile> files) throws NotASchema {
    for (var file : files.values()) {
      for (var name : file.imports()) {
        if (!files.containsKey(name)) {
          throw new NotASchema(
              "has the file \"%s\", but not \"%s\", which that imports (%s)"
                  .formatted(file.name(), name, EXPECTED));
        }
      }
    }
  }

  /** Takes away, round by round, what imports nothing that is left. */
  private static void requireNoCircles(Map<String, DescriptorFile> files) throws NotASchema {
    var left = new HashMap<>(files);
    while (!left.isEmpty()) {
      var free =
          left.values().stream()
              .filter(file -> file.imports().stream().noneMatch(left::containsKey))
              .map(DescriptorFile::name)
              .toList();
      if (free.isEmpty()) {
        var name = left.keySet().stream().sorted().findFirst().orElseThrow();
        throw new NotASchema("has the file \"" + name + "\", which imports itself by others");
      }
      left.keySet().removeAll(free);
    }
  }
}
