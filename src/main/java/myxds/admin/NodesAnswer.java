package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import myxds.fleet.Census.Page;
import myxds.fleet.Census.Query;
import myxds.fleet.Nack;
import myxds.fleet.NodeStanding;
import myxds.fleet.NodeState;
import myxds.resource.Redaction;
import myxds.snapshot.GroupState;

/** The fleet: a page of it, or one node. */
final class NodesAnswer {
  private static final int LIMIT = 100;
  private static final int MOST = 1000;

  private final AdminServer.Facts facts;
  private final Redaction redaction;

  NodesAnswer(AdminServer.Facts facts) {
    this.facts = facts;
    this.redaction = new Redaction(facts.schema());
  }

  Reply page(Ask ask) {
    var limit = ask.number("limit", LIMIT);
    if (limit < 1 || limit > MOST) {
      return ask.wrong("limit", "1..%d".formatted(MOST));
    }
    var state = ask.parameter("state").flatMap(NodesAnswer::state);
    if (state.isEmpty() && ask.parameter("state").isPresent()) {
      return ask.wrong("state", words());
    }
    var page =
        facts
            .fleet()
            .census()
            .page(
                new Query(
                    ask.parameter("group").orElse(null),
                    state.orElse(null),
                    ask.parameter("q").orElse(""),
                    limit,
                    ask.parameter("after").orElse(null)));
    return Reply.json(page(page));
  }

  Reply one(Ask ask) {
    var all = facts.fleet().census().nodes(ask.named().getFirst());
    var node = asked(all, ask);
    if (node.isEmpty()) {
      return unknown(ask);
    }
    var json = whole(node.get());
    var others = all.stream().filter(one -> !one.equals(node.get())).limit(LIMIT);
    json.add("others", Lists.list("nodes", others, NodeJson::of).get("nodes"));
    return Reply.json(json);
  }

  /**
   * Returns the node that is asked for: the first, or the first of the address that is given.
   *
   * @param nodes of the id that is asked for
   */
  static Optional<NodeStanding> asked(List<NodeStanding> nodes, Ask ask) {
    var address = ask.parameter("address");
    return nodes.stream()
        .filter(node -> address.isEmpty() || address.get().equals(node.address()))
        .findFirst();
  }

  static Reply unknown(Ask ask) {
    var from = ask.parameter("address").map(address -> " with address " + address).orElse("");
    return Reply.problem(
        404, "Not Found", "no node %s%s is known".formatted(ask.named().getFirst(), from));
  }

  private JsonObject whole(NodeStanding node) {
    var json = NodeJson.whole(node);
    node.types()
        .forEach((type, standing) -> {
          if (standing.nack() != null) {
            json.getAsJsonObject("types")
                .getAsJsonObject(type.plural())
                .getAsJsonObject("nacked")
                .add("excerpt", excerpt(node, standing.nack()));
          }
        });
    return json;
  }

  /** The lines that were refused, unless the resource holds a secret. */
  private JsonArray excerpt(NodeStanding node, Nack nack) {
    var origin = nack.origin();
    var refused =
        facts
            .state()
            .get()
            .group(node.group())
            .map(GroupState::served)
            .map(state -> state.ofType(nack.type()).get(nack.resource()))
            .map(one -> one.resource().message());
    boolean open = refused.filter(one -> redaction.redact(one).equals(one)).isPresent();
    return open && origin != null ? Excerpt.of(facts.config(), origin) : new JsonArray();
  }

  /** How many nodes are in each state, by its word. */
  static JsonObject counts(Map<NodeState, Integer> counts) {
    var json = new JsonObject();
    for (var state : NodeState.values()) {
      json.addProperty(state.word(), counts.getOrDefault(state, 0));
    }
    return json;
  }

  private static JsonObject page(Page page) {
    var json = Lists.list("nodes", page.nodes().stream(), NodeJson::of);
    json.add("counts", counts(page.counts()));
    json.addProperty("total", page.total());
    json.addProperty("next", page.next());
    return json;
  }

  private static Optional<NodeState> state(String word) {
    return Arrays.stream(NodeState.values()).filter(one -> one.word().equals(word)).findFirst();
  }

  private static String words() {
    return Arrays.stream(NodeState.values()).map(NodeState::word).collect(Collectors.joining(", "));
  }
}
