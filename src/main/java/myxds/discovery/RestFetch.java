package myxds.discovery;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import myxds.discovery.DiscoveryObserver.Answered;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.RestAnswer.Found;
import myxds.discovery.RestAnswer.Refused;
import myxds.discovery.RestAnswer.Unchanged;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;

/**
 * Answers one REST request. It is stateless: who holds the current version of what he asks for is
 * told so, everybody else gets it. Envoy's REST client knows neither ACK nor NACK.
 */
final class RestFetch {
  private final Function<Node, Optional<GroupSnapshot>> snapshots;
  private final Schema schema;
  private final DiscoveryObserver observer;

  RestFetch(
      Function<Node, Optional<GroupSnapshot>> snapshots,
      Schema schema,
      DiscoveryObserver observer) {
    this.snapshots = snapshots;
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
    var snapshot = snapshots.apply(request.getNode());
    if (snapshot.isEmpty()) {
      var id = request.getNode().getId();
      return new Refused(503, "no group with a valid state serves node " + id + " yet");
    }
    var chosen = chosen(snapshot.get(), type, names);
    var version = TypeView.of(chosen).version();
    if (version.equals(request.getVersionInfo())) {
      observer.responded(stream, new Answered(type, version, "", 0, 0, 0));
      return new Unchanged();
    }
    var json = schema.json(response(type, version, chosen));
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    observer.responded(stream, new Answered(type, version, "", chosen.size(), 0, bytes));
    return new Found(json);
  }

  /** Those asked for, each once, as far as they exist; all when no names are given. */
  private static Collection<Versioned> chosen(
      GroupSnapshot snapshot, ResourceType type, List<String> names) {
    var all = snapshot.ofType(type);
    if (names.isEmpty() || names.contains("*")) {
      return all.all();
    }
    return names.stream()
        .distinct()
        .flatMap(name -> Optional.ofNullable(all.get(name)).stream())
        .toList();
  }

  private static DiscoveryResponse response(
      ResourceType type, String version, Collection<Versioned> chosen) {
    var response =
        DiscoveryResponse.newBuilder().setVersionInfo(version).setTypeUrl(type.typeUrl());
    chosen.forEach(one -> response.addResources(Any.pack(one.resource().message())));
    return response.build();
  }
}
