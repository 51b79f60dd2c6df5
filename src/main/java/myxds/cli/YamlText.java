package myxds.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
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

  /**
   * Quotes what a reader of older YAML takes for something else: Envoy's sees a boolean in {@code
   * yes} and a number in {@code 010}. And as Envoy's documentation does: {@code "@type"}.
   */
  private static final class Quoting extends StandardRepresenter {
    private static final Pattern AMBIGUOUS =
        Pattern.compile(
            "[@*].*|y|yes|n|no|on|off|[-+]?[0-9][0-9a-fox_]*", Pattern.CASE_INSENSITIVE);

    Quoting(DumpSettings settings) {
      super(settings);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      boolean quoted = tag.equals(Tag.STR) && AMBIGUOUS.matcher(value).matches();
      return super.representScalar(tag, value, quoted ? ScalarStyle.DOUBLE_QUOTED : style);
    }
  }
}
