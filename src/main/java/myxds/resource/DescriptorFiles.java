package myxds.resource;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes a {@code FileDescriptorSet} apart and says what is wrong with it. */
final class DescriptorFiles {
  private static final String EXPECTED =
      "expected: what \"protoc --include_imports -o FILE\" or \"buf build -o FILE.binpb\" writes";

  private static final int FILE =
      FileDescriptorSet.FILE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private DescriptorFiles() {}

  /**
   * The files by their names; whatever one imports is among them, and no file imports itself.
   *
   * @throws NotASchema if that is not so
   */
  static Map<String, DescriptorFile> read(ByteString bytes) throws NotASchema {
    if (bytes.isEmpty()) {
      throw new NotASchema("is empty (" + EXPECTED + ")");
    }
    var files = new HashMap<String, DescriptorFile>();
    for (var content : split(bytes)) {
      var file = file(content);
      var other = files.putIfAbsent(file.name(), file);
      // Two sets may be joined end to end: what both have is there twice, but alike.
      if (other != null && !other.content().equals(file.content())) {
        throw new NotASchema("has two different files \"" + file.name() + "\" (expected: one)");
      }
    }
    requireImports(files);
    return files;
  }

  private static List<ByteString> split(ByteString bytes) throws NotASchema {
    var contents = new ArrayList<ByteString>();
    var in = bytes.newCodedInput();
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag != FILE) {
          throw none();
        }
        int size = in.readRawVarint32();
        int at = in.getTotalBytesRead();
        int missing = size - (bytes.size() - at);
        if (size >= 0 && missing > 0 && (!contents.isEmpty() || isBegun(bytes, at))) {
          throw new NotASchema(
              "ends in the middle of a file: at least %d bytes are missing".formatted(missing));
        }
        contents.add(ByteString.copyFrom(in.readRawBytes(size)));
      }
    } catch (IOException e) {
      throw none();
    }
    return contents;
  }

  /** A file begins with its name; a text that begins with an empty line is not a cut-off set. */
  private static boolean isBegun(ByteString bytes, int at) {
    return at < bytes.size() && bytes.byteAt(at) == DescriptorFile.NAME;
  }

  private static DescriptorFile file(ByteString content) throws NotASchema {
    try {
      var file = DescriptorFile.read(content);
      if (!file.name().isEmpty()) {
        return file;
      }
    } catch (IOException e) {
      // As below.
    }
    throw none();
  }

  private static NotASchema none() {
    return new NotASchema("is not a FileDescriptorSet (" + EXPECTED + ")");
  }

  private static void requireImports(Map<String, DescriptorFile> files) throws NotASchema {
    for (var file : files.values()) {
      for (var name : file.imports()) {
        if (!files.containsKey(name)) {
          throw new NotASchema(
              "has \"%s\" but not \"%s\", which that imports (%s)"
                  .formatted(file.name(), name, EXPECTED));
        }
      }
    }
    requireNoCircles(files);
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
        throw new NotASchema("has \"" + name + "\", which imports itself in the end");
      }
      left.keySet().removeAll(free);
    }
  }
}
