package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlacesTest {
  private static final Document DOCUMENT =
      new Document(
          "node1/a.yaml",
          """
          resources:
          - "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
            name: first
            connect_timeout: 1s
          - "@type": type.googleapis.com/envoy.service.discovery.v3.Resource
            name: second
            resource:
              "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
              name: second
              loadAssignment:
                clusterName: second
                endpoints:
                - lb_endpoints: []
                - priority: 1
              typed_extension_protocol_options:
                a.b:
                  "@type": type.googleapis.com/google.protobuf.Struct
                  value: {}
          """);

  private final Parsed parsed = new ResourceParser(Schema.ofApi()).parse(DOCUMENT);
  private final Places places = new Places(DOCUMENT);

  @Test
  void findsFieldsInListsMapsAndEitherSpelling() {
    var second = parsed.resources().get(1);
    var endpoints = FieldPath.ROOT.field("load_assignment").field("endpoints");

    assertThat(places.of(second, endpoints.index(1).field("priority"))).hasToString(at(14, 19));
    assertThat(places.of(second, FieldPath.ROOT.field("load_assignment").field("cluster_name")))
        .hasToString(at(11, 20));
    assertThat(
            places.of(second, FieldPath.ROOT.field("typed_extension_protocol_options").key("a.b")))
        .hasToString(at(17, 9));
  }

  @Test
  void namesWhatIsAroundAFieldThatIsNotThere() {
    var first = parsed.resources().getFirst();

    assertThat(places.of(first, FieldPath.ROOT.field("connect_timeout"))).hasToString(at(4, 20));
    assertThat(places.of(first, FieldPath.ROOT.field("lb_policy"))).hasToString(at(2, 3));
    assertThat(places.of(first, FieldPath.ROOT)).hasToString(at(2, 3));
  }

  private static String at(int line, int column) {
    return "node1/a.yaml:%d:%d".formatted(line, column);
  }
}
