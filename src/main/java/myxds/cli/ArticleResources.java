package myxds.cli;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.List;

/**
 * The demo's two resources: {@code listener_0} sends {@code /hello} to {@code service_bbc}.
 *
 * @param servicePort of the hello-service, on 127.0.0.1 as Envoy sees it
 * @param listenerPort of Envoy, on all addresses
 */
record ArticleResources(int servicePort, int listenerPort) {
  private static final String CLUSTER = "service_bbc";

  Cluster cluster() {
    var service = new HostPort("127.0.0.1", servicePort);
    return Cluster.newBuilder()
        .setName(CLUSTER)
        .setType(Cluster.DiscoveryType.STRICT_DNS)
        .setConnectTimeout(Durations.fromSeconds(2))
        .setLbPolicy(Cluster.LbPolicy.ROUND_ROBIN)
        .setLoadAssignment(Addresses.loadAssignment(CLUSTER, List.of(service)))
        .build();
  }

  Listener listener() {
    var http =
        Filter.newBuilder()
            .setName("envoy.filters.network.http_connection_manager")
            .setTypedConfig(Any.pack(connectionManager()));
    return Listener.newBuilder()
        .setName("listener_0")
        .setAddress(Addresses.address(new HostPort("0.0.0.0", listenerPort)))
        .addFilterChains(FilterChain.newBuilder().addFilters(http))
        .build();
  }

  private static HttpConnectionManager connectionManager() {
    var router =
        HttpFilter.newBuilder()
            .setName("envoy.filters.http.router")
            .setTypedConfig(Any.pack(Router.getDefaultInstance()));
    return HttpConnectionManager.newBuilder()
        .setStatPrefix("ingress_http")
        .setRouteConfig(routes())
        .addHttpFilters(router)
        .build();
  }

  private static RouteConfiguration routes() {
    var hello =
        Route.newBuilder()
            .setMatch(RouteMatch.newBuilder().setPrefix("/hello"))
            .setRoute(RouteAction.newBuilder().setCluster(CLUSTER));
    return RouteConfiguration.newBuilder()
        .setName("local_route")
        .addVirtualHosts(
            VirtualHost.newBuilder().setName("service").addDomains("*").addRoutes(hello))
        .build();
  }
}
