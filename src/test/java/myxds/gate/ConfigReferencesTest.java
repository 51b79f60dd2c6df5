package myxds.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.ProtoFiles;
import myxds.resource.ConfigReference;
import myxds.resource.Document;
import myxds.resource.NotASchema;
import myxds.resource.ResourceParser;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigReferencesTest {
  private static final String CLUSTER =
      "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: c, %s}";

  @ParameterizedTest
  @MethodSource("schemas")
  void nameEndpointsByTheServiceNameOrElseTheClustersOwn(Schema schema) {
    assertThat(
            Stream.of("service_name: s,", "", "service_name: '',")
                .map("type: EDS, eds_cluster_config: {%s eds_config: {ads: {}}}"::formatted)
                .flatMap(cluster -> read(schema, CLUSTER.formatted(cluster)).stream()))
        .containsExactly("endpoints s true", "endpoints c true", "endpoints c true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ads: {}, initial_fetch_timeout: 4s} | secrets s true",
        "{self: {}} | secrets s true",
        "{api_config_source: {api_type: GRPC, grpc_services: [{envoy_grpc: {cluster_name: x}}]}}"
            + " | secrets s false",
        "{path_config_source: {path: /secret.yaml}} | ''",
      })
  void tellWhetherTheStreamItselfIsAsked(String source, String expected) {
    var cluster =
        CLUSTER.formatted(
            """
            transport_socket: {name: tls, typed_config: {
              "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext,
              common_tls_context: {
                tls_certificate_sds_secret_configs: [{name: s, sds_config: %s}, {name: static}]}}}
            """
                .formatted(source));

    assertThat(read(Schema.ofApi(), cluster).stream().filter(one -> one.startsWith("secrets")))
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }

  @Test
  void areFoundInEveryKindOfParent() {
    var ads = "{ads: {}}";
    var resources =
        """
        resources:
        - "@type": type.googleapis.com/envoy.config.listener.v3.Listener
          name: l
          listener_filters: [{name: listener-filter, config_discovery: {config_source: ADS, type_urls: [x]}}]
          filter_chains:
          - filters:
            - {name: network-filter, config_discovery: {config_source: ADS, type_urls: [x]}}
            - name: hcm
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                http_filters:
                - {name: http-filter, config_discovery: {config_source: ADS, type_urls: [x]}}
                - name: inject
                  typed_config:
                    "@type": type.googleapis.com/envoy.extensions.filters.http.credential_injector.v3.CredentialInjector
                    credential:
                      name: generic
                      typed_config:
                        "@type": type.googleapis.com/envoy.extensions.http.injected_credentials.generic.v3.Generic
                        credential: {name: generic-secret, sds_config: ADS}
            transport_socket:
              name: tls
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
                session_ticket_keys_sds_secret_config: {name: ticket-keys, sds_config: ADS}
                common_tls_context:
                  tls_certificate_sds_secret_configs: [{name: certificate, sds_config: ADS}]
                  combined_validation_context:
                    default_validation_context: {}
                    validation_context_sds_secret_config: {name: authority, sds_config: ADS}
        """
            .replace("ADS", ads);

    assertThat(read(Schema.ofApi(), resources))
        .containsExactlyInAnyOrder(
            "extension_configs listener-filter true",
            "extension_configs network-filter true",
            "extension_configs http-filter true",
            "secrets generic-secret true",
            "secrets ticket-keys true",
            "secrets certificate true",
            "secrets authority true");
  }

  static Stream<Schema> schemas() throws NotASchema {
    return Stream.of(Schema.ofApi(), Schema.of(ProtoFiles.of(Cluster.getDescriptor()).bytes()));
  }

  private static Set<String> read(Schema schema, String text) {
    var parsed = new ResourceParser(schema).parse(new Document("g/a.yaml", text));
    assertThat(parsed.resources()).as(parsed.problems().toString()).isNotEmpty();
    return parsed.resources().stream()
        .flatMap(resource -> new ConfigReferences(schema).of(resource.message()).stream())
        .map(ConfigReferencesTest::line)
        .collect(Collectors.toSet());
  }

  private static String line(ConfigReference one) {
    return one.type() + " " + one.name() + " " + one.aggregated();
  }
}
