package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import myxds.TestDaemon;
import myxds.resource.ResourceType;

/** A client with a connection of its own that asks for all clusters over ADS (SotW). */
final class AdsClient implements AutoCloseable {
  private static final String TYPE = ResourceType.CLUSTER.typeUrl();

  private final ManagedChannel channel;
  private final Node node;
  private final BlockingQueue<DiscoveryResponse> responses = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final StreamObserver<DiscoveryRequest> requests;
  private String version;

  private AdsClient(ManagedChannel channel, Node node, String version) {
    this.channel = channel;
    this.node = node;
    this.version = version;
    this.requests =
        AggregatedDiscoveryServiceGrpc.newStub(channel)
            .streamAggregatedResources(
                new StreamObserver<>() {
                  @Override
                  public void onNext(DiscoveryResponse response) {
                    responses.add(response);
                  }

                  @Override
                  public void onError(Throwable error) {
                    ended.complete(String.valueOf(error.getMessage()));
                  }

                  @Override
                  public void onCompleted() {
                    ended.complete("OK");
                  }
                });
  }

  static Node node(String id) {
    return Node.newBuilder().setId(id).setCluster("c").setUserAgentName("envoy").build();
  }

  /** Connects and asks. */
  static AdsClient connect(TestDaemon daemon, Node node) {
    return connect(daemon, node, "");
  }

  /** The same, of a client that runs this version already. */
  static AdsClient connect(TestDaemon daemon, Node node, String version) {
    var channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", daemon.grpcPort()).usePlaintext().build();
    var client = new AdsClient(channel, node, version);
    client.requests.onNext(client.request().build());
    return client;
  }

  /** The names in the next response. */
  DiscoveryResponse next() throws InterruptedException {
    var response = responses.poll(30, TimeUnit.SECONDS);
    assertThat(response).as("a response").isNotNull();
    return response;
  }

  /** ACKs the next response, and returns its version. */
  String acks() throws InterruptedException {
    var response = next();
    version = response.getVersionInfo();
    requests.onNext(request().setResponseNonce(response.getNonce()).build());
    return version;
  }

  /** NACKs the next response, and returns its version. */
  String nacks() throws InterruptedException {
    var response = next();
    var why = Status.newBuilder().setCode(13).setMessage("cannot bind");
    requests.onNext(request().setResponseNonce(response.getNonce()).setErrorDetail(why).build());
    return response.getVersionInfo();
  }

  /** Whether a response waits that was not looked at. */
  boolean hasMore() {
    return !responses.isEmpty();
  }

  /** Why its stream ended. */
  String end() {
    return ended.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private DiscoveryRequest.Builder request() {
    return DiscoveryRequest.newBuilder().setNode(node).setTypeUrl(TYPE).setVersionInfo(version);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
