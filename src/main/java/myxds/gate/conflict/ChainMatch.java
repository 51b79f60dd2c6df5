package myxds.gate.conflict;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * The connections that a filter chain asks for, as Envoy tells them apart: one value, or none, of
 * each of nine kinds.
 */
record ChainMatch(List<List<String>> kinds) {
  private static final List<String> NONE = List.of("");

  /** Every connection. */
  static final ChainMatch ANY =
      new ChainMatch(List.of(NONE, NONE, NONE, NONE, NONE, NONE, List.of("ANY"), NONE, NONE));

  static ChainMatch of(Node match) {
    return new ChainMatch(
        List.of(
            orNone(match.number("destination_port").stream().mapToObj(port -> "" + port).toList()),
            orNone(ranges(match, "prefix_ranges")),
            orNone(match.texts("server_names").stream().map(ChainMatch::serverName).toList()),
            List.of(match.text("transport_protocol")),
            orNone(match.texts("application_protocols")),
            orNone(ranges(match, "direct_source_prefix_ranges")),
            List.of(match.text("source_type")),
            orNone(ranges(match, "source_prefix_ranges")),
            orNone(match.numbers("source_ports").stream().map(port -> "" + port).toList())));
  }

  /** How many ways there are to take one of each kind. */
  long size() {
    return kinds.stream().mapToLong(List::size).reduce(1, ChainMatch::times);
  }

  /** Whether it asks for the same connection twice. */
  boolean repeats() {
    return kinds.stream().anyMatch(kind -> new HashSet<>(kind).size() < kind.size());
  }

  /** Each way to take one of each kind. */
  void each(Consumer<List<String>> consumer) {
    each(List.of(), consumer);
  }

  private void each(List<String> taken, Consumer<List<String>> consumer) {
    if (taken.size() == kinds.size()) {
      consumer.accept(taken);
      return;
    }
    for (var one : kinds.get(taken.size())) {
      var more = new ArrayList<>(taken);
      more.add(one);
      each(more, consumer);
    }
  }

  private static List<String> orNone(List<String> values) {
    return values.isEmpty() ? NONE : values;
  }

  private static List<String> ranges(Node match, String field) {
    return match.children(field).stream()
        .map(range ->
            Ip.of(range.text("address_prefix"))
                .map(ip -> ip.network(range.number("prefix_len").orElse(0)))
                .orElse(range.text("address_prefix")))
        .toList();
  }

  /** Envoy takes {@code *.example.com} and {@code .example.com} for the same. */
  private static String serverName(String name) {
    var lower = Text.lower(name);
    return lower.startsWith("*.") ? lower.substring(1) : lower;
  }

  private static long times(long one, long other) {
    return one > Integer.MAX_VALUE || other > Integer.MAX_VALUE ? Long.MAX_VALUE : one * other;
  }
}
