package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import myxds.ProtoFiles;
import myxds.TestDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A daemon that is given a schema of the operator's own. */
final class SchemaTest {
  private static final String NODE1 = "{\"node\":{\"id\":\"node1\"}}";
  private static final String ROUTE =
      """
      "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
      name: route
      virtual_hosts:
      - name: all
        domains: ["*"]
        metadata: {filter_metadata: {b: {y: 1, x: 2}, a: {}}}
        routes: [{match: {prefix: /}, direct_response: {status: 200%s}}]
      """;
  private static final String NEWER = ", body_format: {text_format_source: {inline_string: hi}}";

  @TempDir Path folder;

  @Test
  void deliversANewFieldOverRest() throws IOException {
    write("config/node1/route.yaml", ROUTE.formatted(NEWER));

    try (var daemon = start(schema())) {
      daemon.awaitReady();

      assertThat(daemon.fetch("routes", NODE1).body()).contains("\"bodyFormat\"", "\"hi\"");
      assertThat(daemon.post("/api/v1/snapshot", "{\"id\":\"node1\"}").body())
          .contains("\"body_format\"", "\"hi\"");
    }
  }

  @Test
  void refusesANewFieldWithoutASchema() throws IOException {
    write("config/node1/route.yaml", ROUTE.formatted(NEWER));

    try (var daemon = start(Map.of())) {
      await()
          .untilAsserted(() ->
              assertThat(daemon.get("/api/v1/problems").body())
                  .contains("body_format", "unknown field"));
    }
  }

  @Test
  void givesTheVersionsThatTheApiGives() throws IOException {
    write("config/node1/route.yaml", ROUTE.formatted(""));

    assertThat(version(schema())).isEqualTo(version(Map.of())).isNotEmpty();
  }

  @Test
  void findsASchemaThatTheSettingsNameBesideThem() throws IOException {
    write("config/node1/route.yaml", ROUTE.formatted(NEWER));
    write("config/my-xds.yaml", "schema: newer.binpb\n");
    Files.write(folder.resolve("config/newer.binpb"), ProtoFiles.newer().bytes().toByteArray());

    try (var daemon = start(Map.of())) {
      daemon.awaitReady();

      assertThat(daemon.fetch("routes", NODE1).body()).contains("\"bodyFormat\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "missing.binpb, cannot be read: no such file",
        "config, cannot be read: ",
        "text.proto, is not a FileDescriptorSet",
      })
  void endsWithASentenceWhenTheSchemaIsNone(String name, String expected) throws IOException {
    write("config/node1/route.yaml", ROUTE.formatted(""));
    write("text.proto", "syntax = \"proto3\";\n");
    var file = folder.resolve(name);

    var daemon = start(Map.of("schema", file.toString()));

    assertThat(daemon.exitCode()).isEqualTo(2);
    assertThat(daemon.err().lines())
        .singleElement()
        .asString()
        .startsWith("my-xds: the schema " + file + " " + expected);
  }

  private Map<String, String> schema() throws IOException {
    var file = folder.resolve("newer.binpb");
    Files.write(file, ProtoFiles.newer().bytes().toByteArray());
    return Map.of("schema", file.toString());
  }

  private TestDaemon start(Map<String, String> flags) {
    return TestDaemon.start(folder.resolve("config"), flags);
  }

  private String version(Map<String, String> flags) {
    try (var daemon = start(flags)) {
      daemon.awaitReady();
      var answer = JsonParser.parseString(daemon.get("/api/v1/groups").body()).getAsJsonObject();
      return answer.getAsJsonArray("groups").get(0).getAsJsonObject().get("version").getAsString();
    }
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
