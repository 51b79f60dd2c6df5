package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import myxds.diff.GroupDiff;
import myxds.diff.GroupDiff.Change;
import myxds.diff.GroupDiff.Field;
import myxds.diff.Proposal;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.ProblemJson;
import myxds.source.file.FolderFiles;
import org.jspecify.annotations.Nullable;

/** What publishing the files of a request would change. */
final class DiffAnswer {
  private final AdminServer.Facts facts;

  DiffAnswer(AdminServer.Facts facts) {
    this.facts = facts;
  }

  Reply to(byte[] body) {
    try {
      var documents = FolderFiles.of(Upload.files(body));
      return switch (facts.proposing().diff(documents)) {
        case Proposal.Valid valid -> Reply.json(groups(valid));
        case Proposal.Invalid(var problems) -> invalid(problems);
      };
    } catch (IOException e) {
      return Reply.problem(400, "Bad Request", String.valueOf(e.getMessage()));
    }
  }

  private static Reply invalid(List<Problem> problems) {
    long errors = problems.stream().filter(Problem::isError).count();
    return Reply.problem(
        422,
        "Unprocessable Content",
        "the files would not be published: %d %s"
            .formatted(errors, errors == 1 ? "error" : "errors"),
        ProblemJson.all(problems));
  }

  private JsonObject groups(Proposal.Valid valid) {
    var nodes = facts.fleet().census().counts();
    return Lists.list(
        "groups",
        valid.groups().stream(),
        group ->
            group(
                group,
                valid.held().get(group.group()),
                GroupsAnswer.connected(nodes.getOrDefault(group.group(), Map.of()))));
  }

  private static JsonObject group(GroupDiff diff, @Nullable String held, int nodes) {
    var json = new JsonObject();
    json.addProperty("name", diff.group());
    json.add("served", orNull(diff.served()));
    json.add("next", orNull(diff.next()));
    json.addProperty("nodes", nodes);
    json.add("held", orNull(held));
    var changes = new JsonArray();
    diff.changes().forEach(change -> changes.add(change(change)));
    json.add("changes", changes);
    return json;
  }

  /** What happens to one resource. */
  static JsonObject change(Change change) {
    var json = new JsonObject();
    json.addProperty("type", change.resource().type().plural());
    json.addProperty("name", change.resource().name());
    json.addProperty("change", change.kind().word());
    json.addProperty("effect", change.effect().kind().word());
    json.addProperty("detail", change.effect().detail());
    json.addProperty("file", change.origin().file());
    json.add("line", line(change.origin()));
    var fields = new JsonArray();
    change.fields().forEach(field -> fields.add(field(field)));
    json.add("fields", fields);
    return json;
  }

  private static JsonObject field(Field field) {
    var json = new JsonObject();
    json.addProperty("path", field.path().toString());
    json.add("before", orNull(field.before()));
    json.add("after", orNull(field.after()));
    json.addProperty("secret", field.secret());
    return json;
  }

  private static JsonElement line(Origin origin) {
    return origin.line() == 0 ? JsonNull.INSTANCE : new JsonPrimitive(origin.line());
  }

  private static JsonElement orNull(@Nullable String text) {
    return text == null ? JsonNull.INSTANCE : new JsonPrimitive(text);
  }
}
