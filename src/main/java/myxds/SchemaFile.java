package myxds;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import myxds.resource.NotASchema;
import myxds.resource.Schema;
import org.jspecify.annotations.Nullable;

/** The schema that the settings name. */
final class SchemaFile {
  /** In bytes; Envoy's whole API with all its comments is a tenth of it. */
  private static final int LARGEST = 64 << 20;

  private SchemaFile() {}

  /**
   * @param file a {@code FileDescriptorSet}; null for the schema of the api
   * @throws IOException if it cannot be used; its message is a sentence that names the file
   */
  static Schema read(@Nullable Path file) throws IOException {
    if (file == null) {
      return Schema.ofApi();
    }
    try {
      return Schema.of(ByteString.copyFrom(bytes(file)));
    } catch (NotASchema e) {
      throw new IOException("the schema " + file + " " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (IOException e) {
      throw new IOException("the schema " + file + " cannot be read: " + reason(e), e);
    }
    if (bytes.length > LARGEST) {
      throw new IOException("the schema " + file + " is too large (expected: at most 64 MiB)");
    }
    return bytes;
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException none -> "no such file";
      case AccessDeniedException denied -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}
