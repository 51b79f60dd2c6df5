package myxds.gate.conflict;

import java.util.List;
import java.util.Set;
import myxds.resource.Finding;
import myxds.resource.ResourceType;
import myxds.resource.Schema;

/** A chain of filters has one that ends it, and nothing after that. Envoy refuses others. */
final class FilterOrder {
  static final String CHAIN = "envoy.config.listener.v3.FilterChain";
  static final String HTTP =
      "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
  static final String ROUTER = "envoy.extensions.filters.http.router.v3.Router";
  static final String UPSTREAM = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
  private static final Set<String> TYPED_STRUCT =
      Set.of("xds.type.v3.TypedStruct", "udpa.type.v1.TypedStruct");

  private final Schema schema;

  FilterOrder(Schema schema) {
    this.schema = schema;
  }

  void network(Node chain, List<Finding> found) {
    if (!chain.has("filters") && !chain.isPartlyUnknown()) {
      found.add(
          Finding.warning(
              chain.path(), "no filters: each connection is closed at once (expected: a filter)"));
    }
    order(chain.children("filters"), FilterKinds.NETWORK, found);
  }

  void http(Node manager, List<Finding> found) {
    if (!manager.has("http_filters") && !manager.isPartlyUnknown()) {
      found.add(
          Finding.error(
              manager.path(), "no http_filters: no request is answered (expected: a router)"));
    }
    order(manager.children("http_filters"), FilterKinds.HTTP, found);
  }

  void upstream(Node options, List<Finding> found) {
    var field = options.type().equals(ROUTER) ? "upstream_http_filters" : "http_filters";
    order(options.children(field), FilterKinds.UPSTREAM, found);
  }

  private void order(List<Node> filters, FilterKinds kinds, List<Finding> found) {
    int last = filters.size() - 1;
    for (int i = 0; i <= last; i++) {
      var filter = filters.get(i);
      var type = configured(filter);
      if (i < last && kinds.ending().contains(type)) {
        found.add(
            Finding.error(
                filter.path(),
                "filter \"%s\" ends the chain, but %d more come after it (expected: it is the last)"
                    .formatted(filter.text("name"), last - i)));
      }
      if (i == last && kinds.passing().contains(type)) {
        found.add(
            Finding.error(
                filter.path(),
                "filter \"%s\" is the last, but does not end the chain (expected: %s after it)"
                    .formatted(filter.text("name"), ending(kinds))));
      }
      if (i == last && kinds.ending().contains(type) && filter.flag("disabled", false)) {
        found.add(
            Finding.error(
                filter.at("disabled"),
                "filter \"%s\" ends the chain (expected: not disabled)"
                    .formatted(filter.text("name"))));
      }
    }
  }

  private static String ending(FilterKinds kinds) {
    return switch (kinds.ending().size()) {
      case 1 -> kinds.equals(FilterKinds.HTTP) ? "a router" : "an upstream_codec";
      default -> "one as tcp_proxy or http_connection_manager";
    };
  }

  /** The full name of the message that configures a filter, also where that is spelled freely. */
  private String configured(Node filter) {
    var config = filter.child("typed_config");
    if (config.isEmpty()) {
      return "";
    }
    var name = ResourceType.of(config.get().text("type_url")).messageName();
    return TYPED_STRUCT.contains(name)
        ? Walk.unpacked(schema, config.get())
            .map(struct -> ResourceType.of(struct.text("type_url")).messageName())
            .orElse("")
        : name;
  }
}
