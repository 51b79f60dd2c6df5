package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import myxds.TestDaemon;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The open ports show no client the secrets of any, nor the status of others. */
final class ClientStatusTest {
  private static final String LISTENER =
      """
      "@type": type.googleapis.com/envoy.config.listener.v3.Listener
      name: listener
      address: {socket_address: {address: 127.0.0.1, port_value: 10379}}
      filter_chains:
      - filters:
        - name: redis
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.filters.network.redis_proxy.v3.RedisProxy
            stat_prefix: r
            settings: {op_timeout: 1s}
            prefix_routes: {catch_all_route: {cluster: a}}
            downstream_auth_passwords: [{inline_string: MARK-REDIS}]
      ---
      "@type": type.googleapis.com/envoy.config.listener.v3.Listener
      name: web
      address: {socket_address: {address: 127.0.0.1, port_value: 10380}}
      filter_chains:
      - filters:
        - name: hcm
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
            stat_prefix: h
            route_config:
              name: r
              request_headers_to_add: [{header: {key: Authorization, value: Basic MARK-HEADER}}]
              virtual_hosts:
              - name: all
                domains: ["*"]
                routes:
                - match: {prefix: /, headers: [{name: x-api-key, string_match: {exact: MARK-MATCH}}]}
                  route: {cluster: a}
            http_filters:
            - name: basic
              typed_config:
                "@type": type.googleapis.com/xds.type.v3.TypedStruct
                type_url: type.googleapis.com/envoy.extensions.filters.http.basic_auth.v3.BasicAuth
                value: {users: {inline_string: MARK-STRUCT}}
            - name: router
              typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
      metadata: {filter_metadata: {mine: {db_password: MARK-METADATA}}}
      """;

  private static final String CLUSTER =
      """
      "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
      name: a
      """;

  @TempDir Path config;
  private final List<ManagedChannel> channels = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    for (var node : List.of("node1", "node2")) {
      Files.createDirectories(config.resolve(node));
      Files.writeString(config.resolve(node + "/a.yaml"), LISTENER + "---\n" + CLUSTER);
    }
  }

  @AfterEach
  void disconnect() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  @Test
  void showsAClientItsOwnStatusWithoutSecrets() throws Exception {
    try (var daemon = TestDaemon.ready(config)) {
      var mine = connected(daemon, "node1");
      connected(daemon, "node2");

      var told = csds(mine);

      assertThat(told.getConfigList())
          .extracting(one -> one.getNode().getId())
          .containsExactly("node1");
      var listener = told.getConfig(0).getGenericXdsConfigs(0);
      assertThat(listener.getXdsConfig().getValue().toStringUtf8())
          .contains("listener", "[redacted]")
          .doesNotContain("MARK");
    }
  }

  @Test
  void showsNobodyTheStatusOfOthers() throws Exception {
    try (var daemon = TestDaemon.ready(config)) {
      connected(daemon, "node1");
      var other = channel(daemon);

      assertThatThrownBy(() -> csds(other))
          .hasMessageContaining("PERMISSION_DENIED")
          .hasMessageContaining("csds.all_nodes");
      var rest = daemon.fetch("client_status", "{}");
      assertThat(rest.statusCode()).isEqualTo(403);
      assertThat(rest.body()).contains("csds.all_nodes").doesNotContain("node1");
    }
  }

  @Test
  void showsNothingWhereAProxyBringsSeveralNodes() throws Exception {
    try (var daemon = TestDaemon.ready(config)) {
      var proxy = channel(daemon);
      connect(proxy, "node1");
      connect(proxy, "node2");

      assertThatThrownBy(() -> csds(proxy)).hasMessageContaining("PERMISSION_DENIED");
    }
  }

  @Test
  void showsAllNodesOnTheAdminPortWithoutSecrets() throws Exception {
    try (var daemon = TestDaemon.ready(config)) {
      connected(daemon, "node1");
      connected(daemon, "node2");

      assertShowsBoth(daemon.post("/v3/discovery:client_status", "").body());
      var metadata = "{\"node_matchers\":[{\"node_metadatas\":[{}]}]}";
      assertThat(daemon.post("/v3/discovery:client_status", metadata).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void showsAllNodesToAllWhenToldSo() throws Exception {
    try (var daemon = TestDaemon.ready(config, Map.of("csds.all_nodes", "true"))) {
      connected(daemon, "node1");
      connected(daemon, "node2");

      assertShowsBoth(JsonFormat.printer().print(withoutContents(csds(channel(daemon)))));
      assertShowsBoth(daemon.fetch("client_status", "{}").body());
      assertThat(csds(channel(daemon)).toString()).doesNotContain("MARK");
    }
  }

  @Test
  void hidesTheSameWhereverElseAResourceIsShown() throws Exception {
    try (var daemon = TestDaemon.ready(config)) {
      connected(daemon, "node1");

      var dump = daemon.get("/api/v1/nodes/node1/config_dump").body();
      var snapshot = daemon.post("/api/v1/snapshot", "{\"id\":\"node1\"}").body();

      assertThat(dump).contains("redis", "[redacted]").doesNotContain("MARK");
      assertThat(snapshot).contains("redis", "[redacted]").doesNotContain("MARK");
      var diff =
          daemon.post("/api/v1/diff", "{\"files\":{\"node1/a.yaml\":\"static_resources: {}\\n\"}}");
      assertThat(diff.body()).doesNotContain("MARK");
      assertThat(daemon.get("/api/v1/changes/1").body()).doesNotContain("MARK");
      assertThat(daemon.out()).doesNotContain("MARK");
    }
  }

  private static void assertShowsBoth(String status) {
    assertThat(status).contains("node1", "node2").doesNotContain("MARK");
  }

  /** Nothing prints an Any without its schema. */
  private static ClientStatusResponse withoutContents(ClientStatusResponse status) {
    var shown = status.toBuilder();
    shown
        .getConfigBuilderList()
        .forEach(config ->
            config.getGenericXdsConfigsBuilderList().forEach(one -> one.clearXdsConfig()));
    return shown.build();
  }

  private ManagedChannel connected(TestDaemon daemon, String node) throws Exception {
    var channel = channel(daemon);
    connect(channel, node);
    return channel;
  }

  private ManagedChannel channel(TestDaemon daemon) {
    var channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", daemon.grpcPort()).usePlaintext().build();
    channels.add(channel);
    return channel;
  }

  /** Opens a stream that stays open, takes what it is sent and waits until that is known. */
  private static void connect(ManagedChannel channel, String node) throws Exception {
    var answered = new CompletableFuture<DiscoveryResponse>();
    var requests =
        AggregatedDiscoveryServiceGrpc.newStub(channel)
            .streamAggregatedResources(new Answers(answered));
    var request =
        DiscoveryRequest.newBuilder()
            .setNode(Node.newBuilder().setId(node).setUserAgentName("envoy"))
            .setTypeUrl(ResourceType.LISTENER.typeUrl());
    requests.onNext(request.build());
    var answer = answered.get(20, TimeUnit.SECONDS);
    assertThat(answer.getResources(0).getValue().toStringUtf8()).contains("MARK-REDIS");
    requests.onNext(
        request
            .setVersionInfo(answer.getVersionInfo())
            .setResponseNonce(answer.getNonce())
            .build());
  }

  private static ClientStatusResponse csds(ManagedChannel channel) {
    return ClientStatusDiscoveryServiceGrpc.newBlockingStub(channel)
        .fetchClientStatus(ClientStatusRequest.getDefaultInstance());
  }

  private record Answers(CompletableFuture<DiscoveryResponse> first)
      implements StreamObserver<DiscoveryResponse> {
    @Override
    public void onNext(DiscoveryResponse response) {
      first.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      first.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
      first.cancel(false);
    }
  }
}
