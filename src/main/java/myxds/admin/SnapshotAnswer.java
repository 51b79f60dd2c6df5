package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.nio.charset.StandardCharsets;
import myxds.fleet.NodeStanding;
import myxds.resource.Redaction;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.PublishedState;
import myxds.snapshot.Versioned;

/** Exactly what a node would be served, but for the secrets. */
final class SnapshotAnswer {
  private static final String EXPECTED = "expected: a node, {\"id\": \"node1\"}";

  private final AdminServer.Facts facts;
  private final Redaction redaction;

  SnapshotAnswer(AdminServer.Facts facts) {
    this.facts = facts;
    this.redaction = new Redaction(facts.schema());
  }

  Reply to(byte[] body) {
    var node = Node.newBuilder();
    try {
      facts.schema().mergeLeniently(new String(body, StandardCharsets.UTF_8), node);
    } catch (InvalidProtocolBufferException e) {
      return Reply.problem(
          400,
          "Bad Request",
          "the body is not a node: %s (%s)".formatted(e.getMessage(), EXPECTED));
    }
    if (node.getId().isEmpty()) {
      return Reply.problem(400, "Bad Request", "the node has no id (%s)".formatted(EXPECTED));
    }
    return answer(known(node.build()), facts.state().get());
  }

  /** Of a node that is known, a part of it is enough to say which. */
  private Node known(Node asked) {
    return facts
        .fleet()
        .census()
        .node(asked.getId())
        .map(NodeStanding::node)
        .filter(node -> node.toBuilder().mergeFrom(asked).build().equals(node))
        .orElse(asked);
  }

  private Reply answer(Node node, PublishedState state) {
    var group = facts.fleet().group(node);
    var served =
        state
            .group(group)
            .map(GroupState::served)
            .map(newest -> facts.fleet().serves(group, node, newest));
    return served
        .map(snapshot -> Reply.json(snapshot(node, group, snapshot)))
        .orElseGet(() -> notServed(node, group));
  }

  private static Reply notServed(Node node, String group) {
    return Reply.problem(
        404,
        "Not Found",
        "node %s belongs to group %s, which is not served".formatted(node.getId(), group));
  }

  private JsonObject snapshot(Node node, String group, GroupSnapshot snapshot) {
    var types = new JsonObject();
    snapshot.types().keySet().forEach(type -> types.add(type.plural(), type(type, snapshot)));
    var json = new JsonObject();
    json.addProperty("node", node.getId());
    json.addProperty("group", group);
    json.addProperty("version", snapshot.version());
    json.add("types", types);
    return json;
  }

  private JsonObject type(ResourceType type, GroupSnapshot snapshot) {
    var resources = new JsonArray();
    snapshot.ofType(type).all().forEach(one -> resources.add(resource(one)));
    var json = new JsonObject();
    json.addProperty("version", snapshot.version(type));
    json.add("resources", resources);
    return json;
  }

  private JsonObject resource(Versioned one) {
    var resource = new JsonObject();
    resource.addProperty("@type", one.resource().type().typeUrl());
    facts.schema().tree(redaction.redact(one.resource().message())).asMap().forEach(resource::add);
    var json = new JsonObject();
    json.addProperty("name", one.name());
    json.addProperty("version", one.version());
    json.addProperty("origin", one.resource().origin().toString());
    json.add("resource", resource);
    return json;
  }
}
