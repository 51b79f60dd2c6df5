package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import myxds.fleet.Nack;
import myxds.snapshot.GroupState;
import myxds.snapshot.HoldCause;

/** A held state as the API writes it. */
final class HeldJson {
  private HeldJson() {}

  static JsonObject of(GroupState.Held held) {
    var json = new JsonObject();
    json.addProperty("version", held.next().version());
    json.addProperty("why", held.cause().why());
    var nacks = new JsonArray();
    switch (held.cause()) {
      case HoldCause.Guarded guarded -> json.addProperty("cause", "guard");
      case HoldCause.RolledBack back -> {
        json.addProperty("cause", "rollback");
        back.nacks().forEach(nack -> nacks.add(nack(nack, held)));
      }
    }
    json.add("nacks", nacks);
    return json;
  }

  private static JsonObject nack(HoldCause.NodeNack nack, GroupState.Held held) {
    var json = NodeJson.nack(Nack.of(nack.what(), held.next().version())).getAsJsonObject();
    json.addProperty("node", nack.node());
    json.addProperty("type", nack.what().type().plural());
    return json;
  }
}
