package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import myxds.diff.GroupDiff;
import myxds.fleet.NodeState;
import myxds.fleet.Publication;

/** What was published, refused or held lately, and how it spread. */
final class ChangesAnswer {
  private static final int LIMIT = 50;
  private static final int MOST = 200;

  private final AdminServer.Facts facts;

  ChangesAnswer(AdminServer.Facts facts) {
    this.facts = facts;
  }

  Reply all(Ask ask) {
    var limit = ask.number("limit", LIMIT);
    if (limit < 1 || limit > MOST) {
      return ask.wrong("limit", "1..%d".formatted(MOST));
    }
    var group = ask.parameter("group");
    var counts = facts.fleet().census().counts();
    return Reply.json(
        Lists.list(
            "changes",
            facts.changes().all().stream()
                .filter(change -> group.isEmpty() || group.get().equals(change.group()))
                .limit(limit),
            change -> json(change, counts)));
  }

  Reply one(Ask ask) {
    var id = ask.named().getFirst();
    return number(id)
        .flatMap(facts.changes()::find)
        .map(change -> Reply.json(whole(change)))
        .orElseGet(() -> Reply.problem(404, "Not Found", "no change %s is known".formatted(id)));
  }

  private static Optional<Long> number(String text) {
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private JsonObject whole(Publication change) {
    var json = json(change, facts.fleet().census().counts());
    var states = change.states();
    if (states == null) {
      json.add("changes", JsonNull.INSTANCE);
      return json;
    }
    var diff = GroupDiff.between(change.group(), states.before(), states.after(), facts.schema());
    var changes = new JsonArray();
    diff.changes().forEach(one -> changes.add(DiffAnswer.change(one)));
    json.add("changes", changes);
    return json;
  }

  private static JsonObject json(Publication change, Map<String, Map<NodeState, Integer>> counts) {
    int acked = change.spread().isEmpty() ? 0 : change.spread().getLast().nodes();
    int nodes = GroupsAnswer.connected(counts.getOrDefault(change.group(), Map.of()));
    int all = Math.max(nodes, acked);
    var what = change.what();
    var json = new JsonObject();
    json.addProperty("id", change.id());
    json.addProperty("group", change.group());
    json.addProperty("outcome", what.outcome());
    json.addProperty("version", what.version());
    json.addProperty("before", change.before());
    json.addProperty("at", change.at().toString());
    json.addProperty("took_ms", what.took() == null ? null : what.took().toMillis());
    json.addProperty("message", what.message().isEmpty() ? null : what.message());
    json.addProperty("nodes", nodes);
    json.addProperty("acked", acked);
    json.addProperty("nacked", change.nacked());
    var spread = new JsonArray();
    for (var step : change.spread()) {
      var point = new JsonArray();
      point.add(step.after().toMillis());
      point.add(Math.round(1000.0 * step.nodes() / all) / 1000.0);
      spread.add(point);
    }
    json.add("spread", spread);
    return json;
  }
}
