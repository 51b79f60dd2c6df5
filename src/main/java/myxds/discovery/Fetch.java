package myxds.discovery;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.Versioned;

/** What a request without a stream is answered: it is stateless, and its names are all it wants. */
final class Fetch {
  private final Function<Node, Optional<GroupSnapshot>> snapshots;

  /**
   * @param snapshots what a node is served now; empty when its group has nothing
   */
  Fetch(Function<Node, Optional<GroupSnapshot>> snapshots) {
    this.snapshots = snapshots;
  }

  /** What is served to whoever asks so; empty when his node's group has nothing. */
  Optional<Choice> choice(ResourceType type, DiscoveryRequest request) {
    return snapshots
        .apply(request.getNode())
        .map(snapshot -> snapshot.ofType(type).only(request.getResourceNamesList()))
        .map(chosen -> new Choice(type, chosen.version(), chosen.all()));
  }

  /** Why there is no choice for this node. */
  static String notServed(Node node) {
    return "no group with a valid state serves node " + node.getId() + " yet";
  }

  /**
   * The resources asked for.
   *
   * @param version of just these, so that another choice of the same state has another version
   */
  record Choice(ResourceType type, String version, List<Versioned> resources) {

    DiscoveryResponse response() {
      var response =
          DiscoveryResponse.newBuilder().setVersionInfo(version).setTypeUrl(type.typeUrl());
      for (var one : resources) {
        response.addResources(Any.newBuilder().setTypeUrl(type.typeUrl()).setValue(one.content()));
      }
      return response.build();
    }
  }
}
