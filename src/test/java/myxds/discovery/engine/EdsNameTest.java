package myxds.discovery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.util.List;
import java.util.stream.Stream;
import myxds.ProtoFiles;
import myxds.resource.Document;
import myxds.resource.NotASchema;
import myxds.resource.ResourceParser;
import myxds.resource.Schema;
import myxds.snapshot.Versioned;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EdsNameTest {
  @ParameterizedTest
  @MethodSource("schemas")
  void isTheServiceNameOrElseTheClustersOwn(Schema schema) {
    assertThat(names(schema, "{service_name: s}", "{}", "{service_name: ''}"))
        .containsExactly("s", "c", "c");
  }

  static Stream<Schema> schemas() throws NotASchema {
    return Stream.of(Schema.ofApi(), Schema.of(ProtoFiles.of(Cluster.getDescriptor()).bytes()));
  }

  private static List<String> names(Schema schema, String... configs) {
    return Stream.of(configs)
        .map(config ->
            "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: c,"
                + " eds_cluster_config: %s}".formatted(config))
        .map(text -> new ResourceParser(schema).parse(new Document("g/a.yaml", text)))
        .map(parsed -> EdsName.of(Versioned.of(parsed.resources().getFirst(), null)))
        .toList();
  }
}
