package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.stream.Stream;
import myxds.fleet.Nack;
import myxds.fleet.NodeStanding;
import myxds.fleet.NodeStanding.Held;
import myxds.fleet.TypeStanding;
import org.jspecify.annotations.Nullable;

/** A node as the API writes it. What is not known is null. */
final class NodeJson {
  private NodeJson() {}

  /** As a list shows it. */
  static JsonObject of(NodeStanding node) {
    var streams = node.streams().stream();
    var oldest = node.streams().isEmpty() ? null : node.streams().getFirst();
    var json = new JsonObject();
    json.addProperty("id", node.id());
    json.addProperty("cluster", node.node().getCluster());
    json.addProperty("group", node.group());
    json.addProperty("envoy", node.envoy());
    json.add("address", text(node.address()));
    json.addProperty("shared", node.sharing());
    json.add("connected_at", oldest == null ? JsonNull.INSTANCE : text(oldest.since().toString()));
    json.addProperty("last_seen", node.lastSeen().toString());
    json.addProperty("state", node.state().word());
    json.add("transports", array(streams.map(Held::transport).distinct().sorted()));
    json.addProperty("desired_version", node.desired());
    json.addProperty("served_version", node.served());
    var types = new JsonObject();
    node.types().forEach((type, standing) -> types.add(type.plural(), type(standing)));
    json.add("types", types);
    return json;
  }

  /** With all that is known. */
  static JsonObject whole(NodeStanding node) {
    var json = of(node);
    var locality = node.node().getLocality();
    var place = new JsonObject();
    place.addProperty("region", locality.getRegion());
    place.addProperty("zone", locality.getZone());
    place.addProperty("sub_zone", locality.getSubZone());
    json.add("locality", place);
    json.addProperty("build", node.build());
    json.addProperty("extensions", node.extensions());
    json.addProperty("shortened", node.shortened());
    json.add("features", array(node.node().getClientFeaturesList().stream()));
    var streams = new JsonArray();
    node.streams().forEach(stream -> streams.add(stream(stream)));
    json.add("streams", streams);
    return json;
  }

  private static JsonObject stream(Held stream) {
    var json = new JsonObject();
    json.addProperty("transport", stream.transport());
    json.addProperty("address", stream.address());
    json.addProperty("since", stream.since().toString());
    return json;
  }

  private static JsonObject type(TypeStanding standing) {
    var json = new JsonObject();
    json.addProperty("transport", standing.transport());
    json.add("names", array(standing.names()));
    json.add("missing", array(standing.missing()));
    json.add("desired", text(standing.desired()));
    json.add("sent", text(standing.sent()));
    json.add("acked", text(standing.acked()));
    json.add("waiting_for", text(standing.waitingFor()));
    json.add("nacked", nack(standing.nack()));
    return json;
  }

  /** A refusal; null when there is none. */
  static JsonElement nack(@Nullable Nack nack) {
    if (nack == null) {
      return JsonNull.INSTANCE;
    }
    var origin = nack.origin();
    var json = new JsonObject();
    json.addProperty("version", nack.version());
    json.addProperty("reason", nack.reason());
    json.addProperty("at", nack.at().toString());
    json.addProperty("inferred", nack.inferred());
    json.add("resource", text(nack.resource()));
    json.add("file", origin == null ? JsonNull.INSTANCE : text(origin.file()));
    json.add(
        "line",
        origin == null || origin.line() == 0
            ? JsonNull.INSTANCE
            : new JsonPrimitive(origin.line()));
    return json;
  }

  private static JsonElement text(String text) {
    return text.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(text);
  }

  /** The texts, in their order. */
  static JsonArray array(Collection<String> texts) {
    return array(texts.stream());
  }

  private static JsonArray array(Stream<String> texts) {
    var array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
