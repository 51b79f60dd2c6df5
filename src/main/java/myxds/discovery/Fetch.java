package myxds.discovery;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import myxds.resource.ResourceType;
import myxds.resource.XdsName;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.TypeView;
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
        .map(snapshot -> chosen(snapshot.ofType(type), request.getResourceNamesList()))
        .map(chosen -> new Choice(type, TypeView.of(chosen).version(), chosen));
  }

  /** Why there is no choice for this node. */
  static String notServed(Node node) {
    return "no group with a valid state serves node " + node.getId() + " yet";
  }

  /** Those asked for, each once, as far as they exist; all when no names are given. */
  private static List<Versioned> chosen(TypeView all, List<String> names) {
    if (names.isEmpty() || names.contains("*")) {
      return all.all();
    }
    return names.stream()
        .map(XdsName::canonical)
        .distinct()
        .flatMap(name -> Optional.ofNullable(all.get(name)).stream())
        .toList();
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
