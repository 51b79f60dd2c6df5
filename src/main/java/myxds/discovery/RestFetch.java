package myxds.discovery;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import java.nio.charset.StandardCharsets;
import myxds.discovery.DiscoveryObserver.Answered;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.RestAnswer.Found;
import myxds.discovery.RestAnswer.Refused;
import myxds.discovery.RestAnswer.Unchanged;
import myxds.resource.ResourceType;
import myxds.resource.Schema;

/**
 * Answers one REST request. It is stateless: who holds the current version of what he asks for is
 * told so, everybody else gets it. Envoy's REST client knows neither ACK nor NACK.
 */
final class RestFetch {
  private final Fetch fetch;
  private final Schema schema;
  private final DiscoveryObserver observer;

  RestFetch(Fetch fetch, Schema schema, DiscoveryObserver observer) {
    this.fetch = fetch;
    this.schema = schema;
    this.observer = observer;
  }

  /**
   * @param type as the path has it
   * @param body a DiscoveryRequest as JSON
   * @param address of the client
   */
  RestAnswer answer(ResourceType type, String body, String address) {
    var builder = DiscoveryRequest.newBuilder();
    try {
      schema.mergeLeniently(body, builder);
    } catch (InvalidProtocolBufferException e) {
      return new Refused(400, "the body is not a DiscoveryRequest as JSON: " + e.getMessage());
    }
    var request = builder.build();
    if (request.getNode().getId().isEmpty()) {
      return new Refused(400, "node.id is missing (expected: {\"node\":{\"id\":\"…\"}})");
    }
    var excess = NodeParts.excess(request.getNode());
    if (!excess.isEmpty()) {
      return new Refused(400, excess);
    }
    if (!request.getTypeUrl().isEmpty() && !request.getTypeUrl().equals(type.typeUrl())) {
      return new Refused(
          400,
          "type_url: " + request.getTypeUrl() + " (expected: " + type.typeUrl() + ", or none)");
    }
    var stream = XdsStream.begin(Transport.REST, address).withNode(request.getNode());
    return answer(type, request, stream);
  }

  private RestAnswer answer(ResourceType type, DiscoveryRequest request, XdsStream stream) {
    var names = request.getResourceNamesList();
    observer.requested(
        stream, new Asked(type, request.getVersionInfo(), request.getResponseNonce(), names));
    var choice = fetch.choice(type, request);
    if (choice.isEmpty()) {
      return new Refused(503, Fetch.notServed(request.getNode()));
    }
    var version = choice.get().version();
    if (version.equals(request.getVersionInfo())) {
      observer.responded(stream, new Answered(type, version, "", 0, 0, 0));
      return new Unchanged();
    }
    var json = schema.json(choice.get().response());
    int resources = choice.get().resources().size();
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    observer.responded(stream, new Answered(type, version, "", resources, 0, bytes));
    return new Found(json);
  }
}
