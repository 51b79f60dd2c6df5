package myxds.resource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.List;
import myxds.ProtoFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be a schema, and what is said of it. */
final class SchemaRefusalTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "syntax = \"proto3\";\npackage a;\n",
        "\nsyntax = \"proto3\";",
        "\n\n\n\n\n\n\n\n\n\n\n\n",
        "{\"file\":[{\"name\":\"a.proto\"}]}",
        "resources: []\n",
        "\0\0\0\0",
        "\u001f\u008b\b\0",
        "\n\0",
      })
  void refusesWhatIsNoSet(String text) {
    assertRefused(
        ByteString.copyFrom(text, StandardCharsets.ISO_8859_1),
        "is not a FileDescriptorSet, or not all of one (expected: what \"protoc --include_imports"
            + " -o FILE\" or \"buf build -o FILE.binpb\" writes)");
  }

  @Test
  void refusesNothing() {
    assertRefused(ByteString.EMPTY, "is empty (expected: what \"protoc ");
  }

  @Test
  void refusesAFileInPlaceOfASetOfFiles() {
    assertRefused(Cluster.getDescriptor().getFile().toProto().toByteString(), "is not a ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100, 10_000})
  void refusesASetThatWasCut(int missing) {
    var whole = ProtoFiles.newer().bytes();

    assertRefused(whole.substring(0, whole.size() - missing), "is not a FileDescriptorSet, or not");
  }

  @Test
  void refusesASetWithoutItsImports() {
    assertRefused(
        ProtoFiles.newer().without("google/protobuf/any.proto").bytes(),
        "has the file \"",
        "\", but not \"google/protobuf/any.proto\", which that imports (expected: what \"protoc"
            + " --include_imports");
  }

  @Test
  void refusesTwoFilesOfOneName() {
    var other = ProtoFiles.newer();
    other.file("envoy/type/v3/percent.proto").setPackage("else");

    assertRefused(
        ProtoFiles.newer().bytes().concat(other.bytes()),
        "has two different files \"envoy/type/v3/percent.proto\" (expected: one)");
  }

  @Test
  void refusesOneMessageInTwoFiles() {
    var files = ProtoFiles.extension();
    files
        .file("other.proto")
        .setPackage("mine.v1")
        .addMessageType(DescriptorProto.newBuilder().setName("Filter"));

    assertRefused(
        files.bytes(),
        "has the message mine.v1.Filter in \"",
        "\"other.proto\"",
        "\"mine.proto\"",
        "(expected: once)");
  }

  @ParameterizedTest
  @MethodSource
  void refusesFilesThatImportEachOther(List<String> circle) {
    var files = ProtoFiles.extension();
    for (int i = 0; i < circle.size(); i++) {
      files.file(circle.get(i)).addDependency(circle.get((i + 1) % circle.size()));
    }

    assertRefused(files.bytes(), "has the file \"a.proto\", which imports itself");
  }

  static List<List<String>> refusesFilesThatImportEachOther() {
    return List.of(List.of("a.proto"), List.of("c.proto", "a.proto", "b.proto"));
  }

  private static void assertRefused(ByteString bytes, String... parts) {
    assertThatThrownBy(() -> Schema.of(bytes))
        .isInstanceOf(NotASchema.class)
        .message()
        .contains(parts);
  }
}
