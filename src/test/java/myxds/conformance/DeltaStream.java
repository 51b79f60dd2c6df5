package myxds.conformance;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import myxds.resource.ResourceType;
import org.assertj.core.api.Assertions;

/** A delta stream; nothing is acknowledged by itself. */
final class DeltaStream extends ClientStream<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
  private final Set<String> types = new HashSet<>();

  DeltaStream(
      RawStream<DeltaDiscoveryRequest, DeltaDiscoveryResponse> raw,
      Node node,
      BooleanSupplier barriers) {
    super(raw, node, barriers);
  }

  /** Subscribes to these names; no name is an empty list. */
  void subscribe(ResourceType type, String... names) {
    send(request(type).addAllResourceNamesSubscribe(List.of(names)));
  }

  void unsubscribe(ResourceType type, String... names) {
    send(request(type).addAllResourceNamesUnsubscribe(List.of(names)));
  }

  void ack(DeltaDiscoveryResponse response) {
    send(answer(response));
  }

  void nack(DeltaDiscoveryResponse response, String why) {
    send(answer(response).setErrorDetail(Status.newBuilder().setCode(3).setMessage(why)));
  }

  /** A spontaneous request. */
  DeltaDiscoveryRequest.Builder request(ResourceType type) {
    return DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.typeUrl());
  }

  /** An acknowledgement, to be bent as the row wants it. */
  DeltaDiscoveryRequest.Builder answer(DeltaDiscoveryResponse response) {
    return request(ResourceType.of(response.getTypeUrl())).setResponseNonce(response.getNonce());
  }

  void send(DeltaDiscoveryRequest.Builder request) {
    types.add(request.getTypeUrl());
    sendQuietly(request);
  }

  /** The next response, which must be of this type. */
  DeltaDiscoveryResponse next(ResourceType type) throws InterruptedException {
    var response = raw.next();
    Assertions.assertThat(response.getTypeUrl()).isEqualTo(type.typeUrl());
    return response;
  }

  /** Subscribes, takes the answer and acknowledges it. */
  DeltaDiscoveryResponse settled(ResourceType type, String... names) throws InterruptedException {
    subscribe(type, names);
    return acked(type);
  }

  /** Takes the next response and acknowledges it. */
  DeltaDiscoveryResponse acked(ResourceType type) throws InterruptedException {
    var response = next(type);
    ack(response);
    return response;
  }

  @Override
  boolean uses(ResourceType type) {
    return types.contains(type.typeUrl());
  }

  @Override
  void askBarrier(List<String> all) {
    sendQuietly(request(ResourceType.SECRET).addResourceNamesSubscribe(all.getLast()));
  }

  @Override
  boolean isBarrier(DeltaDiscoveryResponse response) {
    if (!response.getTypeUrl().equals(ResourceType.SECRET.typeUrl())) {
      return false;
    }
    sendQuietly(answer(response));
    return true;
  }

  @Override
  String summary(DeltaDiscoveryResponse response) {
    var type = ResourceType.of(response.getTypeUrl());
    return type + " " + Sample.names(response) + " removed " + response.getRemovedResourcesList();
  }

  @Override
  void took(DeltaDiscoveryResponse response) {}

  private void sendQuietly(DeltaDiscoveryRequest.Builder request) {
    raw.send(withNode() ? request.setNode(node()).build() : request.build());
  }
}
