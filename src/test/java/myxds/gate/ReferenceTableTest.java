package myxds.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Walks every message of the api jar but those of v2, which no Envoy takes any more: a field that
 * names something is in the table or has a reason.
 */
final class ReferenceTableTest {
  private static final String ABOUT_ITSELF = "says of itself what it is or was, asks for nothing";
  private static final String TOLD = "is told to or by Envoy while it runs, no configuration";
  private static final String AT_RUN_TIME = "names a header: the cluster is chosen by each request";

  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          Map.entry("envoy.admin.v3.CommandLineOptions.service_cluster", TOLD),
          Map.entry("envoy.config.core.v3.Node.cluster", ABOUT_ITSELF),
          Map.entry("envoy.config.endpoint.v3.ClusterLoadAssignment.cluster_name", ABOUT_ITSELF),
          Map.entry("envoy.config.endpoint.v3.ClusterStats.cluster_name", TOLD),
          Map.entry("envoy.config.endpoint.v3.ClusterStats.cluster_service_name", TOLD),
          Map.entry("envoy.data.accesslog.v3.AccessLogCommon.upstream_cluster", TOLD),
          Map.entry("envoy.data.cluster.v3.OutlierDetectionEvent.cluster_name", TOLD),
          Map.entry("envoy.data.core.v3.HealthCheckEvent.cluster_name", TOLD),
          Map.entry("envoy.service.health.v3.ClusterEndpointsHealth.cluster_name", TOLD),
          Map.entry("envoy.service.health.v3.ClusterHealthCheck.cluster_name", TOLD),
          Map.entry("envoy.service.load_stats.v3.LoadStatsResponse.clusters", TOLD),
          Map.entry("envoy.config.route.v3.RouteAction.cluster_header", AT_RUN_TIME),
          Map.entry(
              "envoy.config.route.v3.RouteAction.RequestMirrorPolicy.cluster_header", AT_RUN_TIME),
          Map.entry(
              "envoy.config.route.v3.WeightedCluster.ClusterWeight.cluster_header", AT_RUN_TIME),
          Map.entry(
              "envoy.extensions.filters.network.thrift_proxy.v3.RouteAction.cluster_header",
              AT_RUN_TIME),
          Map.entry(
              "envoy.config.route.v3.RouteAction.cluster_specifier_plugin",
              "names a plugin of the same route configuration, which Envoy looks for itself"),
          Map.entry(
              "envoy.config.metrics.v3.StatsdSink.tcp_cluster_name", "stands in a bootstrap alone"),
          Map.entry(
              "envoy.config.core.v3.ApiConfigSource.cluster_names",
              "is the way to a management server, read with the other ways by ReferenceReader"),
          Map.entry(
              "envoy.extensions.filters.http.fault.v3.HTTPFault.upstream_cluster",
              "is compared with the cluster that a route chose"),
          Map.entry(
              "envoy.extensions.common.aws.v3.InlineCredentialProvider.secret_access_key",
              "is a secret, not the name of one"),
          Map.entry(
              "envoy.extensions.filters.http.aws_lambda.v3.Credentials.secret_access_key",
              "is a secret, not the name of one"));

  @Test
  void hasEachFieldThatNamesAClusterASecretOrARouteConfiguration() throws IOException {
    var rows =
        ReferenceTable.ROWS.stream()
            .map(row -> row.message() + "." + row.field())
            .collect(Collectors.toSet());

    var found = naming();
    var unknown = new TreeSet<>(found);
    unknown.removeAll(rows);
    unknown.removeAll(EXCEPTIONS.keySet());

    assertThat(found).hasSizeGreaterThan(40);
    assertThat(unknown).isEmpty();
    assertThat(found).containsAll(EXCEPTIONS.keySet());
  }

  @Test
  void namesOnlyFieldsThatThereAre() throws IOException {
    var fields =
        messages().stream()
            .flatMap(type -> type.getFields().stream())
            .map(FieldDescriptor::getFullName)
            .collect(Collectors.toSet());

    assertThat(ReferenceTable.ROWS)
        .allSatisfy(row -> assertThat(fields).contains(row.message() + "." + row.field()));
  }

  @Test
  void knowsWhoIsAskedForEachExtensionAndSecret() throws IOException {
    var discovering =
        Set.of(
            "envoy.config.core.v3.ExtensionConfigSource",
            "envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig");
    var rows = ReferenceTable.BY_MESSAGE.keySet();

    var holders =
        messages().stream()
            .filter(type -> type.getFullName().startsWith("envoy."))
            .flatMap(type -> type.getFields().stream())
            .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
            .filter(field -> discovering.contains(field.getMessageType().getFullName()))
            .toList();

    assertThat(holders).hasSizeGreaterThan(12);
    assertThat(holders)
        .allSatisfy(field ->
            assertThat(rows)
                .containsAnyOf(
                    field.getContainingType().getFullName(), field.getMessageType().getFullName()));
  }

  private static Set<String> naming() throws IOException {
    return messages().stream()
        .filter(type -> type.getFullName().startsWith("envoy."))
        .flatMap(type -> type.getFields().stream())
        .filter(ReferenceTableTest::isText)
        .filter(field -> field.getName().matches(".*(cluster|secret|route_config).*"))
        .map(FieldDescriptor::getFullName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isText(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.STRING;
  }

  private static List<Descriptor> messages() throws IOException {
    var location = Node.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    try (var jar = new JarFile(location)) {
      var types = new ArrayList<Descriptor>();
      jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith("OrBuilder.class"))
          .map(name -> name.substring(0, name.length() - "OrBuilder.class".length()))
          .filter(name -> !name.contains("/v2"))
          .forEach(name -> types.add(descriptor(name.replace('/', '.'))));
      return types;
    }
  }

  private static Descriptor descriptor(String className) {
    try {
      var message = (Message) Class.forName(className).getMethod("getDefaultInstance").invoke(null);
      return message.getDescriptorForType();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(className, e);
    }
  }
}
