package myxds.conformance;

import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.extension.v3.ExtensionConfigDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.listener.v3.ListenerDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.RouteDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.secret.v3.SecretDiscoveryServiceGrpc;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * Where a stream is opened.
 *
 * @param sotw state of the world
 * @param delta incremental
 */
record Service(
    MethodDescriptor<DiscoveryRequest, DiscoveryResponse> sotw,
    MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta) {
  static final Service ADS =
      new Service(
          AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod(),
          AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod());
  static final Service CDS =
      new Service(
          ClusterDiscoveryServiceGrpc.getStreamClustersMethod(),
          ClusterDiscoveryServiceGrpc.getDeltaClustersMethod());
  static final Service EDS =
      new Service(
          EndpointDiscoveryServiceGrpc.getStreamEndpointsMethod(),
          EndpointDiscoveryServiceGrpc.getDeltaEndpointsMethod());
  static final Service LDS =
      new Service(
          ListenerDiscoveryServiceGrpc.getStreamListenersMethod(),
          ListenerDiscoveryServiceGrpc.getDeltaListenersMethod());
  static final Service RDS =
      new Service(
          RouteDiscoveryServiceGrpc.getStreamRoutesMethod(),
          RouteDiscoveryServiceGrpc.getDeltaRoutesMethod());
  static final Service SDS =
      new Service(
          SecretDiscoveryServiceGrpc.getStreamSecretsMethod(),
          SecretDiscoveryServiceGrpc.getDeltaSecretsMethod());
  static final Service ECDS =
      new Service(
          ExtensionConfigDiscoveryServiceGrpc.getStreamExtensionConfigsMethod(),
          ExtensionConfigDiscoveryServiceGrpc.getDeltaExtensionConfigsMethod());

  /** The same method for requests that are no proto. */
  static <A> MethodDescriptor<byte[], A> bytes(MethodDescriptor<?, A> method) {
    return method.toBuilder(RAW, method.getResponseMarshaller()).build();
  }

  private static final MethodDescriptor.Marshaller<byte[]> RAW =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          throw new UnsupportedOperationException("only requests are bytes");
        }
      };
}
