package myxds.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** YAML as JSON, by the same library that reads what people write. */
final class YamlTree {
  private YamlTree() {}

  static JsonObject of(String yaml) {
    var loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return new Gson().toJsonTree(loaded).getAsJsonObject();
  }
}
