package myxds.peer;

import java.util.Locale;
import myxds.TestDaemon;

/** The ways in which an Envoy can be told to ask. */
enum Protocol {
  ADS_SOTW("ads: {}"),
  ADS_DELTA("ads: {}"),
  GRPC_PER_TYPE("api_config_source: " + grpc("GRPC")),
  DELTA_PER_TYPE("api_config_source: " + grpc("DELTA_GRPC")),
  REST(
      "api_config_source: {api_type: REST, transport_api_version: V3,"
          + " cluster_names: [xds_cluster], refresh_delay: 0.2s}");

  private final String source;

  Protocol(String source) {
    this.source = source;
  }

  /** A config source, for the bootstrap and for the resources that name others. */
  String source() {
    return "{" + source + ", resource_api_version: V3}";
  }

  /** The same, with how long Envoy waits for a first answer instead of its 15 s. */
  String source(String initialFetchTimeout) {
    return "{%s, resource_api_version: V3, initial_fetch_timeout: %s}"
        .formatted(source, initialFetchTimeout);
  }

  String bootstrap(TestDaemon daemon) {
    return bootstrap(port(daemon));
  }

  String bootstrap(int port) {
    return Resources.bootstrap(this, source(), port);
  }

  /** Where it asks. */
  int port(TestDaemon daemon) {
    return this == REST ? daemon.restPort() : daemon.grpcPort();
  }

  String ads() {
    return switch (this) {
      case ADS_SOTW -> "ads_config: " + grpc("GRPC");
      case ADS_DELTA -> "ads_config: " + grpc("DELTA_GRPC");
      case GRPC_PER_TYPE, DELTA_PER_TYPE, REST -> "";
    };
  }

  /** It looks for a control plane that went away more often than an Envoy does by itself. */
  private static String grpc(String apiType) {
    return "{api_type: "
        + apiType
        + ", transport_api_version: V3, grpc_services: [{envoy_grpc: {cluster_name: xds_cluster,"
        + " retry_policy: {retry_back_off: {base_interval: 0.2s, max_interval: 0.5s}}}}],"
        + " set_node_on_first_message_only: true}";
  }

  /** As a line of a report names it. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
