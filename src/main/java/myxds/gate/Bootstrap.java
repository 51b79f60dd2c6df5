package myxds.gate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.resource.Document;
import myxds.resource.Places;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the nodes' bootstrap: what they have before anything is delivered to them,
 * and what they ask for by themselves.
 *
 * @param names of the resources in its static part, by their type
 * @param servers the clusters behind which it expects this program; empty when that is not known
 * @param whole whether it has no other names than these
 * @param requests what it asks for; null when that is not known
 */
public record Bootstrap(
    Map<ResourceType, Set<String>> names,
    Set<String> servers,
    boolean whole,
    @Nullable Requests requests) {
  private static final ResourceType TYPE =
      ResourceType.ofMessage("envoy.config.bootstrap.v3.Bootstrap");

  /** Nothing is known. */
  public static final Bootstrap UNKNOWN = new Bootstrap(Map.of(), Set.of(), false, null);

  /** Behind which this program is when nobody says otherwise: {@code my-xds bootstrap} has it. */
  private static final Set<String> OURS = Set.of("xds_cluster");

  private static final Map<String, ResourceType> STATIC =
      Map.of(
          "clusters", ResourceType.CLUSTER,
          "listeners", ResourceType.LISTENER,
          "secrets", ResourceType.SECRET);

  public Bootstrap {
    names = Map.copyOf(names);
    servers = Set.copyOf(servers);
  }

  /**
   * Reads an {@code envoy.config.bootstrap.v3.Bootstrap}.
   *
   * @param groups the group of a node by the settings' rules
   * @throws InvalidProtocolBufferException if it is none; its message tells why
   */
  public static Bootstrap read(Document document, Schema schema, Function<Node, String> groups)
      throws InvalidProtocolBufferException {
    var message = schema.read(document, TYPE);
    var node = Fields.get(message, "node").map(Message::toByteString).orElse(ByteString.EMPTY);
    var requests =
        new Requests(
            checked(document, message, schema),
            Fields.get(message, "dynamic_resources", "ads_config").isPresent(),
            groups.apply(Node.parseFrom(node)));
    return new Bootstrap(names(message), servers(message), true, requests);
  }

  private static CheckedDocument checked(Document document, Message message, Schema schema) {
    var resource =
        new Resource(
            new ResourceId(TYPE, document.path()), message, new Places(document).beginning());
    var member = new Member(resource, new ReferenceReader(schema).read(message), true);
    return new CheckedDocument(document, List.of(member), List.of());
  }

  private static Map<ResourceType, Set<String>> names(Message bootstrap) {
    var names = new HashMap<ResourceType, Set<String>>();
    STATIC.forEach((field, type) ->
        names.put(type, Set.copyOf(Fields.texts(bootstrap, "static_resources", field, "name"))));
    return names;
  }

  private static Set<String> servers(Message bootstrap) {
    var perType =
        Stream.of("lds_config", "cds_config")
            .map(field -> Fields.get(bootstrap, "dynamic_resources", field, "api_config_source"));
    var ads = Stream.of(Fields.get(bootstrap, "dynamic_resources", "ads_config"));
    return Stream.concat(perType, ads)
        .flatMap(Optional::stream)
        .flatMap(api -> ReferenceReader.servers(api).stream())
        .collect(Collectors.toSet());
  }

  /** This, with clusters of which somebody said that every node has them. */
  public Bootstrap withClusters(Set<String> clusters) {
    var all =
        Stream.concat(names(ResourceType.CLUSTER).stream(), clusters.stream())
            .collect(Collectors.toSet());
    var more = new HashMap<>(names);
    more.put(ResourceType.CLUSTER, all);
    return new Bootstrap(more, servers, whole, requests);
  }

  /** Returns the same without what it asks for: for groups that its node does not belong to. */
  Bootstrap withoutRequests() {
    return new Bootstrap(names, servers, whole, null);
  }

  /** The names of its clusters. */
  public Set<String> clusters() {
    return names(ResourceType.CLUSTER);
  }

  Set<String> names(ResourceType type) {
    return names.getOrDefault(type, Set.of());
  }

  boolean has(Reference reference) {
    return names(reference.type()).contains(reference.name());
  }

  /** Whether a management server is this one, as far as the bootstrap tells. */
  boolean leadsHere(Provider.Server server) {
    return server.isBehind(servers.isEmpty() ? OURS : servers);
  }

  /** Whether a management server may be this one. */
  boolean mayLeadHere(Provider.Server server) {
    return servers.isEmpty() || leadsHere(server);
  }
}
