package myxds.gate.conflict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import myxds.resource.FieldPath;
import myxds.resource.Finding;
import myxds.resource.Problem.Severity;
import org.jspecify.annotations.Nullable;

/** The filter chains of a listener, and which connection goes to which. */
final class FilterChains implements Check {
  static final String TYPE = "envoy.config.listener.v3.Listener";

  /** What is compared of a listener at most, so that one of many lists is no burden. */
  private static final long MOST_COMBINATIONS = 100_000;

  @Override
  public void of(Node listener, List<Finding> found) {
    address(listener, found);
    var chains = listener.children("filter_chains");
    if (chains.isEmpty()) {
      none(listener, found);
    }
    boolean matched = listener.has("filter_chain_matcher");
    names(chains, matched, found);
    if (!matched) {
      matches(chains, found);
    }
  }

  private static void address(Node listener, List<Finding> found) {
    if (!listener.isPartlyUnknown()
        && !listener.hasAny("address", "internal_listener", "api_listener")) {
      found.add(Finding.error(listener.path(), "no address (expected: one)"));
    }
  }

  /** Only what serves no connections by itself may go without. */
  private static void none(Node listener, List<Finding> found) {
    boolean connections =
        listener.child("address").stream()
            .noneMatch(address ->
                address
                    .child("socket_address")
                    .filter(socket -> socket.text("protocol").equals("UDP"))
                    .isPresent());
    if (connections
        && !listener.isPartlyUnknown()
        && !listener.hasAny("default_filter_chain", "api_listener", "fcds_config")) {
      found.add(Finding.error(listener.path(), "no filter_chains (expected: at least one)"));
    }
  }

  private static void names(List<Node> chains, boolean matched, List<Finding> found) {
    var known = new HashMap<String, FieldPath>();
    for (var chain : chains) {
      var name = chain.text("name");
      if (name.isEmpty() && matched) {
        found.add(
            Finding.error(
                chain.path(), "no name (expected: one, for filter_chain_matcher to choose by)"));
      }
      var other = name.isEmpty() ? null : known.putIfAbsent(name, chain.at("name"));
      if (other != null) {
        var severity = matched ? Severity.ERROR : Severity.WARNING;
        found.add(
            new Finding(
                severity,
                chain.at("name"),
                "filter chain \"%s\" is there twice, also at %s (expected: a name of its own)"
                    .formatted(name, other)));
      }
    }
  }

  private static void matches(List<Node> chains, List<Finding> found) {
    var taken = new HashMap<List<String>, FieldPath>();
    long left = MOST_COMBINATIONS;
    for (var chain : chains) {
      var node = chain.child("filter_chain_match");
      node.ifPresent(match -> unsupported(match, found));
      var at = node.map(Node::path).orElse(chain.path());
      if (node.filter(Node::isPartlyUnknown).isPresent()) {
        continue;
      }
      var match = node.map(ChainMatch::of).orElse(ChainMatch.ANY);
      left -= Math.min(left, match.size());
      if (left > 0) {
        match(match, at, taken, found);
      }
    }
  }

  private static void match(
      ChainMatch match, FieldPath at, Map<List<String>, FieldPath> taken, List<Finding> found) {
    if (match.repeats()) {
      found.add(Finding.error(at, "the match asks for the same twice (expected: each value once)"));
    }
    var other = other(match, at, taken);
    if (other != null) {
      found.add(
          Finding.error(
              at,
              "a connection can match this and %s (expected: filter chains that share none)"
                  .formatted(other)));
    }
  }

  /** Who has one of its connections already; takes those that nobody has. */
  private static @Nullable FieldPath other(
      ChainMatch match, FieldPath at, Map<List<String>, FieldPath> taken) {
    var others = new ArrayList<FieldPath>();
    match.each(connection -> {
      var other = taken.putIfAbsent(connection, at);
      if (other != null && !other.equals(at)) {
        others.add(other);
      }
    });
    return others.isEmpty() ? null : others.getFirst();
  }

  private static void unsupported(Node match, List<Finding> found) {
    for (var field : List.of("address_suffix", "suffix_len")) {
      if (match.has(field)) {
        found.add(Finding.error(match.at(field), "Envoy does not have this (expected: not set)"));
      }
    }
    var names = match.texts("server_names");
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).contains("*") && !names.get(i).startsWith("*.")) {
        found.add(
            Finding.error(
                match.at("server_names").index(i),
                "server name \"%s\" (expected: a wildcard only as the first label, or none)"
                    .formatted(names.get(i))));
      }
    }
  }
}
