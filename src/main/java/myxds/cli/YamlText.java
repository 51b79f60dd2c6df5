package myxds.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** JSON in the YAML that people edit: a line for every value. */
final class YamlText {
  private YamlText() {}

  static String of(JsonObject tree) {
    var settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .setDereferenceAliases(true)
            .build();
    return new Dump(settings, new Quoting(settings)).dumpToString(value(tree));
  }

  private static @Nullable Object value(JsonElement json) {
    if (json.isJsonObject()) {
      return map(json.getAsJsonObject());
    }
    if (json.isJsonArray()) {
      return json.getAsJsonArray().asList().stream().map(YamlText::value).toList();
    }
    return json.isJsonNull() ? null : scalar(json.getAsJsonPrimitive());
  }

  private static Map<String, @Nullable Object> map(JsonObject object) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    object.asMap().forEach((key, json) -> map.put(key, value(json)));
    return map;
  }

  private static Object scalar(JsonPrimitive json) {
    if (json.isBoolean()) {
      return json.getAsBoolean();
    }
    return json.isNumber() ? number(json.getAsBigDecimal()) : json.getAsString();
  }

  private static Number number(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0 ? number.toBigInteger() : number.doubleValue();
  }

  /** Quotes as Envoy's documentation does: {@code "@type"}, {@code "*"}. */
  private static final class Quoting extends StandardRepresenter {

    Quoting(DumpSettings settings) {
      super(settings);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      boolean quoted = value.startsWith("@") || value.startsWith("*");
      return super.representScalar(tag, value, quoted ? ScalarStyle.DOUBLE_QUOTED : style);
    }
  }
}
