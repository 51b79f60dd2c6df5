package myxds.conformance;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import myxds.resource.ResourceType;
import org.assertj.core.api.Assertions;

/**
 * A state-of-the-world stream as a client holds it: it knows for each type the names asked for, the
 * version accepted last and the newest nonce. Nothing is acknowledged by itself.
 */
final class SotwStream extends ClientStream<DiscoveryRequest, DiscoveryResponse> {
  private final Map<String, List<String>> names = new HashMap<>();
  private final Map<String, String> versions = new HashMap<>();
  private final Map<String, String> nonces = new HashMap<>();

  SotwStream(
      RawStream<DiscoveryRequest, DiscoveryResponse> raw, Node node, BooleanSupplier barriers) {
    super(raw, node, barriers);
  }

  /** Asks for these names of the type and no others; no name is an empty list. */
  void ask(ResourceType type, String... asked) {
    names.put(type.typeUrl(), List.of(asked));
    send(request(type));
  }

  void ack(DiscoveryResponse response) {
    versions.put(response.getTypeUrl(), response.getVersionInfo());
    send(request(ResourceType.of(response.getTypeUrl())).setResponseNonce(response.getNonce()));
  }

  /** Acknowledges and asks for other names at once. */
  void ackAsking(DiscoveryResponse response, String... asked) {
    names.put(response.getTypeUrl(), List.of(asked));
    ack(response);
  }

  void nack(DiscoveryResponse response, String why) {
    send(refusal(response, why));
  }

  void nackAsking(DiscoveryResponse response, String... asked) {
    names.put(response.getTypeUrl(), List.of(asked));
    send(refusal(response, "refused"));
  }

  /** The request that this client would send now, to be bent as the row wants it. */
  DiscoveryRequest.Builder request(ResourceType type) {
    var url = type.typeUrl();
    return DiscoveryRequest.newBuilder()
        .setTypeUrl(url)
        .setVersionInfo(versions.getOrDefault(url, ""))
        .setResponseNonce(nonces.getOrDefault(url, ""))
        .addAllResourceNames(names.getOrDefault(url, List.of()));
  }

  void send(DiscoveryRequest.Builder request) {
    raw.send(withNode() ? request.setNode(node()).build() : request.build());
  }

  /** The next response, which must be of this type. */
  DiscoveryResponse next(ResourceType type) throws InterruptedException {
    var response = raw.next();
    Assertions.assertThat(response.getTypeUrl()).isEqualTo(type.typeUrl());
    took(response);
    return response;
  }

  /** The next response of this type; what comes of others is passed over. */
  DiscoveryResponse nextOf(ResourceType type) throws InterruptedException {
    var response = raw.next();
    while (!response.getTypeUrl().equals(type.typeUrl())) {
      took(response);
      response = raw.next();
    }
    took(response);
    return response;
  }

  /** Asks, takes the answer and acknowledges it. */
  DiscoveryResponse settled(ResourceType type, String... asked) throws InterruptedException {
    ask(type, asked);
    return acked(type);
  }

  /** Takes the next response and acknowledges it. */
  DiscoveryResponse acked(ResourceType type) throws InterruptedException {
    var response = next(type);
    ack(response);
    return response;
  }

  @Override
  boolean uses(ResourceType type) {
    return names.containsKey(type.typeUrl());
  }

  @Override
  void askBarrier(List<String> all) {
    var request = request(ResourceType.SECRET).clearResourceNames();
    send(request.addAllResourceNames(all));
  }

  @Override
  boolean isBarrier(DiscoveryResponse response) {
    if (!response.getTypeUrl().equals(ResourceType.SECRET.typeUrl())) {
      return false;
    }
    took(response);
    versions.put(response.getTypeUrl(), response.getVersionInfo());
    askBarrier(asked);
    return true;
  }

  @Override
  String summary(DiscoveryResponse response) {
    return ResourceType.of(response.getTypeUrl()) + " " + Sample.names(response);
  }

  @Override
  void took(DiscoveryResponse response) {
    nonces.put(response.getTypeUrl(), response.getNonce());
  }

  private DiscoveryRequest.Builder refusal(DiscoveryResponse response, String why) {
    return request(ResourceType.of(response.getTypeUrl()))
        .setResponseNonce(response.getNonce())
        .setErrorDetail(Status.newBuilder().setCode(3).setMessage(why));
  }
}
