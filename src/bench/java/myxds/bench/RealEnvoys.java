package myxds.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real Envoys beside the fake nodes, each a process of its own with one worker. */
final class RealEnvoys implements AutoCloseable {
  private final List<Process> running = new ArrayList<>();

  /**
   * @param binary of Envoy
   * @param folder for their bootstraps
   * @param port of the control plane, gRPC
   */
  RealEnvoys(Path binary, Path folder, int port, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      var bootstrap = folder.resolve("envoy-%02d.yaml".formatted(i));
      Files.writeString(bootstrap, bootstrap("envoy-%02d".formatted(i), port));
      running.add(
          new ProcessBuilder(
                  binary.toString(),
                  "-c",
                  bootstrap.toString(),
                  "--use-dynamic-base-id",
                  "--concurrency",
                  "1",
                  "-l",
                  "off")
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start());
    }
  }

  /** How many there are. */
  int count() {
    return running.size();
  }

  private static String bootstrap(String node, int port) {
    return """
    node: {id: %s, cluster: bench}
    dynamic_resources:
      ads_config:
        api_type: DELTA_GRPC
        transport_api_version: V3
        set_node_on_first_message_only: true
        grpc_services: [{envoy_grpc: {cluster_name: xds_cluster}}]
      cds_config: {ads: {}, resource_api_version: V3}
      lds_config: {ads: {}, resource_api_version: V3}
    static_resources:
      clusters:
      - name: xds_cluster
        typed_extension_protocol_options:
          envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
            "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
            explicit_http_config: {http2_protocol_options: {}}
        load_assignment:
          cluster_name: xds_cluster
          endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]
    """
        .formatted(node, port);
  }

  @Override
  public void close() {
    running.forEach(Process::destroyForcibly);
  }
}
