package myxds.gate.envoy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A group's resources as Envoy would have them in a file: what it would ask for stands where it
 * would be asked for. It works on proto3 JSON, which every schema has alike.
 */
final class StaticForm {
  private static final String HCM =
      "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3."
          + "HttpConnectionManager";
  private static final String ROUTER =
      "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router";

  private final Schema schema;
  private final Map<ResourceId, Resource> known = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<Resource> inlined = new ArrayList<>();

  /** Clusters by which management servers are reached: only a node's bootstrap has them. */
  private final Set<String> servers = new HashSet<>();

  private StaticForm(Schema schema) {
    this.schema = schema;
  }

  /**
   * @param parts whatever can stand in a bootstrap
   * @param servers clusters that must be there, too
   */
  record Form(List<Part> parts, Set<String> servers) {}

  static Form of(Collection<Resource> resources, Schema schema) {
    var form = new StaticForm(schema);
    resources.forEach(resource -> form.known.put(resource.id(), resource));
    resources.forEach(form::add);
    return new Form(List.copyOf(form.parts), Set.copyOf(form.servers));
  }

  private void add(Resource resource) {
    var type = resource.type();
    inlined.clear();
    if (type.equals(ResourceType.CLUSTER)) {
      add("clusters", cluster(tree(resource)), resource);
    } else if (type.equals(ResourceType.LISTENER)) {
      add("listeners", tree(resource), resource);
    } else if (type.equals(ResourceType.SECRET)) {
      add("secrets", tree(resource), resource);
    } else if (type.equals(ResourceType.ROUTE)) {
      add("listeners", listener(route(tree(resource))), resource);
    }
  }

  private void add(String list, JsonObject json, Resource resource) {
    parts.add(new Part(list, made(json).getAsJsonObject(), resource, inlined));
  }

  private JsonObject tree(Resource resource) {
    return schema.tree(resource.message());
  }

  /** Endpoints are looked at with their cluster. */
  private JsonObject cluster(JsonObject cluster) {
    if (!"EDS".equals(text(cluster, "type"))) {
      return cluster;
    }
    var name = text(cluster, "name");
    var eds = object(cluster, "eds_cluster_config");
    var service = eds == null ? null : text(eds, "service_name");
    var endpoints = known(ResourceType.ENDPOINT, service == null ? name : service);
    var assignment = endpoints == null ? new JsonObject() : tree(endpoints);
    assignment.addProperty("cluster_name", name);
    cluster.remove("eds_cluster_config");
    cluster.addProperty("type", "STATIC");
    cluster.add("load_assignment", assignment);
    return cluster;
  }

  /**
   * Virtual hosts that would be asked for on demand are looked at with their route. Whether there
   * are its clusters, Envoy looks in a file only, and not when it is told of the route.
   */
  private JsonObject route(JsonObject route) {
    if (!route.has("validate_clusters")) {
      route.addProperty("validate_clusters", false);
    }
    if (route.remove("vhds") == null) {
      return route;
    }
    var hosts =
        route.has("virtual_hosts") ? route.getAsJsonArray("virtual_hosts") : new JsonArray();
    var prefix = text(route, "name") + "/";
    for (var resource : known.values()) {
      if (resource.type().equals(ResourceType.VIRTUAL_HOST) && resource.name().startsWith(prefix)) {
        inlined.add(resource);
        hosts.add(tree(resource));
      }
    }
    route.add("virtual_hosts", hosts);
    return route;
  }

  /**
   * A route configuration alone says nothing to Envoy: it is looked at in a listener of its own.
   */
  private JsonObject listener(JsonObject route) {
    var router = new JsonObject();
    router.addProperty("name", "router");
    router.add("typed_config", any(ROUTER));
    var manager = any(HCM);
    manager.addProperty("stat_prefix", "route");
    manager.add("route_config", route);
    manager.add("http_filters", list(router));
    var filter = new JsonObject();
    filter.addProperty("name", "http");
    filter.add("typed_config", manager);
    var chain = new JsonObject();
    chain.add("filters", list(filter));
    var listener = new JsonObject();
    listener.addProperty("name", "my-xds route " + text(route, "name"));
    listener.add("address", address());
    listener.addProperty("bind_to_port", false);
    listener.add("filter_chains", list(chain));
    return listener;
  }

  /** One that no other listener has. */
  private JsonObject address() {
    var pipe = new JsonObject();
    pipe.addProperty("path", "/my-xds/route/" + parts.size());
    var address = new JsonObject();
    address.add("pipe", pipe);
    return address;
  }

  /** The same without a question to a management server, all the way down. */
  private JsonElement made(JsonElement json) {
    if (json.isJsonArray()) {
      var array = new JsonArray();
      json.getAsJsonArray().forEach(element -> array.add(made(element)));
      return array;
    }
    if (!json.isJsonObject()) {
      return json;
    }
    var object = json.getAsJsonObject();
    routes(object);
    extension(object);
    secret(object);
    object.asMap().replaceAll((key, value) -> made(value));
    return object;
  }

  /** The routes are looked at alone; here it is enough that there are some. */
  private static void routes(JsonObject object) {
    var scoped = object(object, "scoped_routes");
    boolean discovered = scoped != null && !scoped.has("scoped_route_configurations_list");
    if (HCM.equals(text(object, "@type")) && (object.has("rds") || discovered)) {
      var rds = object(object, "rds");
      var empty = new JsonObject();
      empty.addProperty("name", rds == null ? "scoped" : text(rds, "route_config_name"));
      object.remove("rds");
      object.remove("scoped_routes");
      object.add("route_config", empty);
    }
  }

  private void extension(JsonObject object) {
    var discovery = object(object, "config_discovery");
    var name = text(object, "name");
    if (discovery == null || name == null) {
      return;
    }
    var resource = known(ResourceType.EXTENSION_CONFIG, name);
    var config =
        resource == null
            ? object(discovery, "default_config")
            : object(tree(resource), "typed_config");
    if (config != null) {
      object.remove("config_discovery");
      object.add("typed_config", config);
    }
  }

  private void secret(JsonObject object) {
    var name = text(object, "name");
    if (object.has("sds_config") && name != null && isKnown(ResourceType.SECRET, name)) {
      object.remove("sds_config");
    }
    var api = object(object, "api_config_source");
    if (api != null) {
      collectServers(api);
    }
  }

  private void collectServers(JsonObject api) {
    if (api.has("cluster_names")) {
      api.getAsJsonArray("cluster_names").forEach(name -> servers.add(name.getAsString()));
    }
    if (api.has("grpc_services")) {
      for (var service : api.getAsJsonArray("grpc_services")) {
        var envoy = object(service.getAsJsonObject(), "envoy_grpc");
        if (envoy != null && envoy.has("cluster_name")) {
          servers.add(envoy.get("cluster_name").getAsString());
        }
      }
    }
  }

  private @Nullable Resource known(ResourceType type, @Nullable String name) {
    var resource = name == null ? null : known.get(new ResourceId(type, name));
    if (resource != null) {
      inlined.add(resource);
    }
    return resource;
  }

  private boolean isKnown(ResourceType type, String name) {
    return known(type, name) != null;
  }

  private static JsonObject any(String type) {
    var any = new JsonObject();
    any.addProperty("@type", type);
    return any;
  }

  private static JsonArray list(JsonObject one) {
    var list = new JsonArray();
    list.add(one);
    return list;
  }

  private static @Nullable String text(JsonObject object, String key) {
    return object.get(key) instanceof JsonPrimitive text ? text.getAsString() : null;
  }

  private static @Nullable JsonObject object(JsonObject object, String key) {
    return object.get(key) instanceof JsonObject inner ? inner : null;
  }
}
