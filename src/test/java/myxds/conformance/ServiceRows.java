package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.listener;
import static myxds.conformance.Sample.names;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static myxds.resource.ResourceType.LISTENER;
import static myxds.resource.ResourceType.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.extension.v3.ExtensionConfigDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.load_stats.v3.LoadReportingServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.ScopedRoutesDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import io.envoyproxy.envoy.service.runtime.v3.RuntimeDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ConfigStatus;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.stream.IntStream;

/** J to M. Unary calls, load, types, other services, gRPC's clients. */
final class ServiceRows {
  private final Trial trial;

  ServiceRows(Trial trial) {
    this.trial = trial;
  }

  @Row(119)
  void row119_aUnaryCallIsAnswered() {
    trial.set(cluster("a", 1), cluster("b", 1));
    var cds = ClusterDiscoveryServiceGrpc.newBlockingStub(trial.channel());

    var answer =
        cds.fetchClusters(
            DiscoveryRequest.newBuilder().setNode(trial.node).addResourceNames("b").build());

    assertThat(names(answer)).containsExactly("b");
  }

  @Row(120)
  void row120_aRequestOfThreeMebibytesIsRead() throws Exception {
    trial.set(endpoints("a", 1));
    var stream = trial.sotw();
    var names = new ArrayList<String>();
    IntStream.range(0, 100_000).forEach(i -> names.add("a-name-of-a-cluster-" + i));
    names.add("a");

    stream.ask(ENDPOINT, names.toArray(String[]::new));

    assertThat(names(stream.next(ENDPOINT))).containsExactly("a");
  }

  @Row(123)
  void row123_aClientThatNeverAnswersDelaysNoOther() throws Exception {
    trial.set(cluster("a", 1));
    var slow = trial.sotw();
    slow.ask(CLUSTER);
    var healthy = trial.sotw();
    healthy.settled(CLUSTER);

    trial.set(cluster("a", 2));

    assertThat(names(healthy.acked(CLUSTER))).containsExactly("a");
  }

  @Row(131)
  void row131_manyStreamsAtOnceAreAllAnswered() throws Exception {
    trial.set(cluster("a", 1));
    var streams = IntStream.range(0, 500).mapToObj(i -> trial.sotw()).toList();

    streams.forEach(stream -> stream.ask(CLUSTER));

    for (var stream : streams) {
      stream.next(CLUSTER);
    }
  }

  @Row(132)
  void row132_everyTypeWithAServiceOfItsOwnIsServedThere() throws Exception {
    trial.deliver(
        Trial.named("scope", ScopedRouteConfiguration.newBuilder().setName("scope").build()),
        Trial.named("filter", TypedExtensionConfig.newBuilder().setName("filter").build()),
        Trial.named("layer", Runtime.newBuilder().setName("layer").build()));

    assertThat(served(ScopedRoutesDiscoveryServiceGrpc.getStreamScopedRoutesMethod())).isOne();
    assertThat(served(ExtensionConfigDiscoveryServiceGrpc.getStreamExtensionConfigsMethod()))
        .isOne();
    assertThat(served(RuntimeDiscoveryServiceGrpc.getStreamRuntimeMethod())).isOne();
  }

  @Row(133)
  void row133_aRuntimeLayerIsServedByItsName() throws Exception {
    trial.deliver(Trial.named("layer", Runtime.newBuilder().setName("layer").build()));
    var stream = trial.delta();

    var answer = stream.settled(RUNTIME, "layer", "none");

    assertThat(names(answer)).containsExactly("layer");
    assertThat(answer.getRemovedResourcesList()).containsExactly("none");
  }

  @Row(135)
  void row135_theEndpointsOfAServiceNameFollowTheirCluster() throws Exception {
    trial.set(named("a", 1), endpoints("service", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "service");

    trial.set(named("a", 2), endpoints("service", 1));

    stream.acked(CLUSTER);
    assertThat(names(stream.acked(ENDPOINT))).containsExactly("service");
  }

  @Row(136)
  void row136_aListenerIsServedByItsNameAlone() throws Exception {
    trial.set(listener("a", 1), listener("b", 2));
    var stream = trial.sotw();
    stream.sayNodeOnce();

    assertThat(names(stream.settled(LISTENER, "b"))).containsExactly("b");
  }

  @Row(137)
  void row137_aDeletedListenerIsSeenByItsAbsence() throws Exception {
    trial.set(listener("a", 1), listener("b", 2));
    var stream = trial.sotw();
    stream.settled(LISTENER, "b");

    trial.set(listener("a", 1));

    assertThat(names(stream.acked(LISTENER))).isEmpty();
  }

  @Row(138)
  void row138_aListenerThatIsMissingIsAnsweredAtOnce() throws Exception {
    trial.set(listener("a", 1));
    var stream = trial.sotw();

    assertThat(names(stream.settled(LISTENER, "x"))).isEmpty();
  }

  @Row(141)
  void row141_namesAreNotTakenApart() throws Exception {
    var name = "grpc/server?xds.resource.listening_address=[::]:50051%20";
    trial.set(listener(name, 1));
    var stream = trial.sotw();

    assertThat(names(stream.settled(LISTENER, name))).containsExactly(name);
  }

  @Row(144)
  void row144_theStatusOfClientsIsTold() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.ask(CLUSTER);
    stream.next(CLUSTER);
    var csds = ClientStatusDiscoveryServiceGrpc.newBlockingStub(trial.channel());

    var told = csds.fetchClientStatus(ClientStatusRequest.getDefaultInstance());

    var mine =
        told.getConfigList().stream()
            .filter(client -> client.getNode().getId().equals(trial.node.getId()))
            .findFirst()
            .orElseThrow();
    assertThat(mine.getGenericXdsConfigsList())
        .anyMatch(one -> one.getName().equals("a") && one.getConfigStatus() == ConfigStatus.STALE);
  }

  @Row(145)
  void row145_whatIsNotServedIsCalledSoAndDisturbsNothing() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    var reports =
        RawStream.open(trial.channel(), LoadReportingServiceGrpc.getStreamLoadStatsMethod());

    assertThat(reports.end().getCode()).isEqualTo(io.grpc.Status.Code.UNIMPLEMENTED);
    trial.set(cluster("a", 2));
    stream.acked(CLUSTER);
  }

  /** How many resources the service of one type answers with. */
  private int served(MethodDescriptor<DiscoveryRequest, DiscoveryResponse> method)
      throws InterruptedException {
    var stream = RawStream.open(trial.channel(), method);
    stream.send(DiscoveryRequest.newBuilder().setNode(trial.node).build());
    return stream.next().getResourcesCount();
  }

  private static Cluster named(String name, int edition) {
    var cluster = cluster(name, edition).toBuilder();
    cluster.getEdsClusterConfigBuilder().setServiceName("service");
    return cluster.build();
  }
}
