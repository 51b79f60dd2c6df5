package myxds.resource;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A YAML or JSON value that remembers where each of its parts stands. */
sealed interface Tree {

  Origin origin();

  JsonElement json();

  /** What it is, for a message; never what stands there, for that may be a secret. */
  String kind();

  /** Whether it is {@code null}. */
  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.json.isJsonNull();
  }

  record Mapping(List<Entry> entries, Origin origin) implements Tree {

    @Nullable Entry entry(String key) {
      return entries.stream().filter(entry -> entry.key.equals(key)).findFirst().orElse(null);
    }

    @Nullable Tree get(String key) {
      var entry = entry(key);
      return entry == null ? null : entry.value;
    }

    /** The text under a key; null when there is none or it is no text. */
    @Nullable String text(String key) {
      return get(key) instanceof Scalar(JsonElement value, Origin at) && value.isJsonPrimitive()
          ? value.getAsString()
          : null;
    }

    Stream<Entry> without(String key) {
      return entries.stream().filter(entry -> !entry.key.equals(key));
    }

    /** Keys sorted: proto maps keep the order of their text, and an order is not content. */
    @Override
    public JsonElement json() {
      var object = new JsonObject();
      entries.stream()
          .sorted(Comparator.comparing(Entry::key))
          .forEach(entry -> object.add(entry.key, entry.value.json()));
      return object;
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  record Entry(String key, Origin origin, Tree value) {

    Entry with(Tree other) {
      return new Entry(key, origin, other);
    }
  }

  record Sequence(List<Tree> elements, Origin origin) implements Tree {

    @Override
    public JsonElement json() {
      var array = new JsonArray(elements.size());
      elements.forEach(element -> array.add(element.json()));
      return array;
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  record Scalar(JsonElement json, Origin origin) implements Tree {

    @Override
    public String kind() {
      if (!(json instanceof JsonPrimitive value)) {
        return "nothing";
      }
      return value.isString() ? "a text" : value.isNumber() ? "a number" : "true or false";
    }
  }
}
