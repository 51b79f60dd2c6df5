package myxds.settings;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import myxds.settings.Settings.OnNack;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code keep}, {@code ignore}, {@code rollback 30%} or {@code {rollback: {share: 30%}}}. */
final class OnNackText {
  static final String EXPECTED = "keep, ignore or {rollback: {share: 30%}}";

  private static final Pattern ROLLBACK = Pattern.compile("rollback +(\\S+)");

  private OnNackText() {}

  static Optional<OnNack> parse(String text) {
    var rollback = ROLLBACK.matcher(text);
    if (rollback.matches()) {
      return Quantity.share(rollback.group(1)).filter(share -> share > 0).map(OnNack.Rollback::new);
    }
    return switch (text) {
      case "keep" -> Optional.of(new OnNack.Keep());
      case "ignore" -> Optional.of(new OnNack.Ignore());
      default -> Optional.empty();
    };
  }

  /** Returns the text that the settings file has for it. */
  static String text(OnNack onNack) {
    return switch (onNack) {
      case OnNack.Keep() -> "keep";
      case OnNack.Ignore() -> "ignore";
      case OnNack.Rollback(double share) ->
          "{rollback: {share: "
              + BigDecimal.valueOf(share * 100).stripTrailingZeros().toPlainString()
              + "%}}";
    };
  }

  /** As one line, which {@link #parse} reads; empty if it is neither of its forms. */
  static Optional<String> of(Node node) {
    return node instanceof ScalarNode scalar
        ? Optional.of(scalar.getValue())
        : only(node, "rollback").flatMap(inner -> only(inner, "share")).flatMap(OnNackText::share);
  }

  private static Optional<String> share(Node node) {
    return node instanceof ScalarNode scalar
        ? Optional.of("rollback " + scalar.getValue())
        : Optional.empty();
  }

  /** The value of the one key that a mapping has. */
  private static Optional<Node> only(Node node, String key) {
    if (!(node instanceof MappingNode mapping)) {
      return Optional.empty();
    }
    Map<String, Node> entries =
        mapping.getValue().stream()
            .filter(entry -> entry.getKeyNode() instanceof ScalarNode)
            .collect(
                Collectors.toMap(
                    entry -> ((ScalarNode) entry.getKeyNode()).getValue(),
                    entry -> entry.getValueNode(),
                    (first, second) -> second));
    return entries.size() == 1 ? Optional.ofNullable(entries.get(key)) : Optional.empty();
  }
}
