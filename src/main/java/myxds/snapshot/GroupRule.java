package myxds.snapshot;

import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import myxds.resource.Origin;

/**
 * One rule of the settings: all that it gives must hold; {@code *} in a pattern is any run of
 * characters.
 *
 * @param patterns what of the node must match: {@code id}, {@code cluster}, {@code
 *     locality.region}, {@code locality.zone}, {@code locality.sub_zone}, {@code metadata.KEY}
 * @param at where it is written
 */
public record GroupRule(String group, Map<String, String> patterns, Origin at) {
  /** Stands for any run of characters: no text contains it. */
  private static final String ANY_RUN = "\u0000";

  public GroupRule {
    patterns = Map.copyOf(patterns);
  }

  boolean matches(Node node) {
    return patterns.entrySet().stream()
        .allMatch(entry -> glob(entry.getValue()).matcher(valueOf(node, entry.getKey())).matches());
  }

  /** Returns whether every node that the other rule matches matches this one, too. */
  boolean covers(GroupRule other) {
    return patterns.entrySet().stream()
        .allMatch(mine -> covers(mine.getValue(), other.patterns.getOrDefault(mine.getKey(), "*")));
  }

  /** A glob covers another exactly if it matches it with a new letter in place of each star. */
  private static boolean covers(String glob, String other) {
    return glob(glob).matcher(other.replace("*", ANY_RUN)).matches();
  }

  /** Returns whether no node can match it: each node that is served has an id. */
  boolean isImpossible() {
    return "".equals(patterns.get("id"));
  }

  private static String valueOf(Node node, String key) {
    return switch (key) {
      case "id" -> node.getId();
      case "cluster" -> node.getCluster();
      case "locality.region" -> node.getLocality().getRegion();
      case "locality.zone" -> node.getLocality().getZone();
      case "locality.sub_zone" -> node.getLocality().getSubZone();
      default -> metadata(node, key.substring("metadata.".length()));
    };
  }

  private static String metadata(Node node, String key) {
    var value = node.getMetadata().getFieldsOrDefault(key, Value.getDefaultInstance());
    return switch (value.getKindCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case NUMBER_VALUE -> number(value.getNumberValue());
      case NULL_VALUE, STRUCT_VALUE, LIST_VALUE, KIND_NOT_SET -> "";
    };
  }

  /** A whole number as people write it: {@code 2}, not {@code 2.0}. */
  private static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static Pattern glob(String glob) {
    var literals = List.of(glob.split("\\*", -1)).stream().map(Pattern::quote).toList();
    return Pattern.compile(String.join(".*", literals), Pattern.DOTALL);
  }
}
