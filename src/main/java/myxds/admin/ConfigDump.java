package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import myxds.fleet.NodeStanding;
import myxds.fleet.TypeStanding;
import myxds.resource.Redaction;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.Versioned;

/**
 * What a node is believed to run, in the shape of Envoy's own {@code /config_dump}, so that the two
 * can be compared. What the bootstrap holds and when something came is known to the Envoy only.
 */
final class ConfigDump {
  private static final String PREFIX = "type.googleapis.com/envoy.admin.v3.";

  private final AdminServer.Facts facts;
  private final Redaction redaction;

  ConfigDump(AdminServer.Facts facts) {
    this.facts = facts;
    this.redaction = new Redaction(facts.schema());
  }

  Reply of(Ask ask) {
    var census = facts.fleet().census();
    var id = ask.named().getFirst();
    var node = NodesAnswer.asked(census.nodes(id), ask);
    if (node.isEmpty()) {
      return NodesAnswer.unknown(ask);
    }
    return census
        .runs(node.get())
        .map(state -> Reply.json(dump(node.get(), state)))
        .orElseGet(
            () -> Reply.problem(404, "Not Found", "node %s ACKed no state yet".formatted(id)));
  }

  private JsonObject dump(NodeStanding node, GroupSnapshot state) {
    var configs = new JsonArray();
    node.types()
        .forEach(
            (type, standing) -> section(type, all(type, standing, state)).forEach(configs::add));
    var json = new JsonObject();
    json.add("configs", configs);
    return json;
  }

  private List<Held> all(ResourceType type, TypeStanding standing, GroupSnapshot state) {
    var view = state.ofType(type);
    var held =
        standing.names().contains("*")
            ? view.all().stream()
            : standing.names().stream().map(view::find).filter(Objects::nonNull).distinct();
    boolean delta = standing.transport().endsWith("delta");
    return held.map(one -> new Held(one, delta ? one.version() : view.version())).toList();
  }

  /** A resource, and the version that Envoy has of it: with SotW that of all of its type. */
  private record Held(Versioned resource, String version) {}

  /** One of Envoy's sections; none for a type that its dump leaves out. */
  private Stream<JsonObject> section(ResourceType type, List<Held> held) {
    return switch (type.plural()) {
      case "clusters" ->
          section(
              "ClustersConfigDump", "dynamic_active_clusters", held, one -> entry("cluster", one));
      case "listeners" -> section("ListenersConfigDump", "dynamic_listeners", held, this::listener);
      case "routes" ->
          section(
              "RoutesConfigDump", "dynamic_route_configs", held, one -> entry("route_config", one));
      case "secrets" -> section("SecretsConfigDump", "dynamic_active_secrets", held, this::secret);
      case "extension_configs" ->
          section("EcdsConfigDump", "ecds_filters", held, one -> entry("ecds_filter", one));
      default -> Stream.empty();
    };
  }

  private static Stream<JsonObject> section(
      String type, String list, List<Held> held, Function<Held, JsonObject> entry) {
    var section = Lists.list(list, held.stream(), entry::apply);
    section.addProperty("@type", PREFIX + type);
    return Stream.of(section);
  }

  private JsonObject entry(String field, Held held) {
    var json = new JsonObject();
    json.addProperty("version_info", held.version);
    json.add(field, content(held.resource));
    return json;
  }

  private JsonObject listener(Held held) {
    var json = new JsonObject();
    json.addProperty("name", held.resource.name());
    json.add("active_state", entry("listener", held));
    return json;
  }

  private JsonObject secret(Held held) {
    var json = entry("secret", held);
    json.addProperty("name", held.resource.name());
    return json;
  }

  private JsonObject content(Versioned one) {
    var json = new JsonObject();
    json.addProperty("@type", one.resource().type().typeUrl());
    var message = redaction.redact(one.resource().message());
    facts.schema().tree(message).asMap().forEach(json::add);
    return json;
  }
}
