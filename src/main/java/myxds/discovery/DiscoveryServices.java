package myxds.discovery;

import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import envoy.annotations.Resource;
import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.endpoint.v3.LocalityEndpointDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.extension.v3.ExtensionConfigDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.listener.v3.ListenerDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.RouteDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.ScopedRoutesDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.VirtualHostDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.runtime.v3.RuntimeDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.secret.v3.SecretDiscoveryServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import java.util.List;
import java.util.Objects;
import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * The discovery services as the API defines them: method names, requests and each service's type
 * are read from its descriptors; only the responses are written in our own way.
 */
final class DiscoveryServices {
  private static final List<ServiceDescriptor> API =
      List.of(
          AggregatedDiscoveryServiceGrpc.getServiceDescriptor(),
          ClusterDiscoveryServiceGrpc.getServiceDescriptor(),
          EndpointDiscoveryServiceGrpc.getServiceDescriptor(),
          ListenerDiscoveryServiceGrpc.getServiceDescriptor(),
          RouteDiscoveryServiceGrpc.getServiceDescriptor(),
          VirtualHostDiscoveryServiceGrpc.getServiceDescriptor(),
          ScopedRoutesDiscoveryServiceGrpc.getServiceDescriptor(),
          SecretDiscoveryServiceGrpc.getServiceDescriptor(),
          RuntimeDiscoveryServiceGrpc.getServiceDescriptor(),
          ExtensionConfigDiscoveryServiceGrpc.getServiceDescriptor(),
          LocalityEndpointDiscoveryServiceGrpc.getServiceDescriptor());

  private final Streams streams;
  private final FetchCalls fetches;
  private final int maxRequestBytes;

  /**
   * @param maxRequestBytes a larger request ends its stream
   */
  DiscoveryServices(Streams streams, FetchCalls fetches, int maxRequestBytes) {
    this.streams = streams;
    this.fetches = fetches;
    this.maxRequestBytes = maxRequestBytes;
  }

  List<ServerServiceDefinition> definitions() {
    return API.stream().map(this::definition).toList();
  }

  private ServerServiceDefinition definition(ServiceDescriptor api) {
    var type = type(api);
    var methods = api.getMethods().stream().map(method -> method(method, type)).toList();
    var service =
        ServiceDescriptor.newBuilder(api.getName()).setSchemaDescriptor(api.getSchemaDescriptor());
    methods.forEach(method -> service.addMethod(method.getMethodDescriptor()));
    var definition = ServerServiceDefinition.builder(service.build());
    methods.forEach(definition::addMethod);
    return definition.build();
  }

  private ServerMethodDefinition<?, ?> method(
      MethodDescriptor<?, ?> api, @Nullable ResourceType type) {
    var requests = new RequestMarshaller(messages(api).getRequestMarshaller(), maxRequestBytes);
    if (api.getType() == MethodType.UNARY) {
      return ServerMethodDefinition.create(
          messages(api).toBuilder(requests, messages(api).getResponseMarshaller()).build(),
          fetches.handler(Objects.requireNonNull(type)));
    }
    boolean delta = Objects.requireNonNull(api.getBareMethodName()).startsWith("Delta");
    return ServerMethodDefinition.create(
        messages(api).toBuilder(requests, new ResponseMarshaller()).build(),
        streams.handler(new StreamMethod(delta, type)));
  }

  /** Every request and response of the API is a message. */
  @SuppressWarnings("unchecked")
  private static MethodDescriptor<Message, Message> messages(MethodDescriptor<?, ?> api) {
    return (MethodDescriptor<Message, Message>) api;
  }

  /** The service's type, from its own annotation; null for the aggregated one. */
  private static @Nullable ResourceType type(ServiceDescriptor api) {
    var schema = (ProtoServiceDescriptorSupplier) Objects.requireNonNull(api.getSchemaDescriptor());
    Descriptors.ServiceDescriptor service = schema.getServiceDescriptor();
    var name = service.getOptions().getExtension(Resource.resource).getType();
    return name.isEmpty() ? null : ResourceType.ofMessage(name);
  }
}
