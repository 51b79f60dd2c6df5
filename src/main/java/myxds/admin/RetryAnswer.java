package myxds.admin;

import com.google.gson.JsonObject;

/** Offers again what nodes refused. */
record RetryAnswer(AdminServer.Acting acting) {
  private static final String EXPECTED =
      "expected: {\"group\": \"edge\", \"node\": \"node1\"}, both may be left out";

  Reply to(byte[] body) {
    try {
      var words = Words.of(body, "group", "node");
      var group = words.text("group");
      var node = words.text("node");
      var nodes = acting.retry(group, node);
      if (nodes.isEmpty()) {
        var whose = node == null ? "" : " by node " + node;
        var of = group == null ? "" : " of group " + group;
        return Reply.problem(409, "Conflict", "nothing%s is refused%s".formatted(of, whose));
      }
      var json = new JsonObject();
      json.add("retried", NodeJson.array(nodes));
      return Reply.json(json);
    } catch (Words.Misunderstood e) {
      return Reply.problem(400, "Bad Request", e.getMessage() + " (" + EXPECTED + ")");
    }
  }
}
