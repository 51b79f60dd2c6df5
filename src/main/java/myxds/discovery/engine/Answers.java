package myxds.discovery.engine;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.envoyproxy.envoy.config.core.v3.ControlPlane;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.envoyproxy.envoy.service.discovery.v3.ResourceError;
import io.envoyproxy.envoy.service.discovery.v3.ResourceName;
import java.util.List;
import java.util.Optional;
import myxds.resource.ResourceType;

/** Writes what a client is to be told in its dialect; empty when there is nothing to tell. */
final class Answers {
  private final Rules rules;
  private final ControlPlane self;

  Answers(Rules rules) {
    this.rules = rules;
    this.self = ControlPlane.newBuilder().setIdentifier(rules.identity()).build();
  }

  Optional<Body> answer(Question question, Change change) {
    var telling = question.telling(change);
    return question.format().delta() ? delta(question, telling) : sotw(question, telling);
  }

  private Optional<Body> sotw(Question question, Telling telling) {
    var type = question.type();
    boolean whole = SotwRules.isWhole(type);
    var errors = errors(type, telling.missing());
    var invented = invented(type, telling.missing());
    boolean empty = telling.resources().isEmpty() && errors.isEmpty() && invented.isEmpty();
    // An absence tells something where a response is the whole, and only there.
    boolean absent = whole && !(telling.removed().isEmpty() && question.named().isEmpty());
    if (empty && !absent && !question.due()) {
      return Optional.empty();
    }
    var to = question.to().view();
    var head =
        DiscoveryResponse.newBuilder()
            .setVersionInfo(to.version())
            .setTypeUrl(type.typeUrl())
            .setControlPlane(self)
            .addAllResourceErrors(errors);
    var encoding = new Encoding(head.build());
    var wanted = to.all().stream().filter(question.subscription()::wants).toList();
    (whole ? wanted : telling.resources())
        .forEach(resource -> encoding.addSotw(type, resource, question.format().ttl()));
    invented.forEach(name -> encoding.add(Any.pack(emptyAssignment(name))));
    return Optional.of(new Body(type, to.version(), encoding.count(), 0, encoding.bytes()));
  }

  private Optional<Body> delta(Question question, Telling telling) {
    var type = question.type();
    var version = question.to().view().version();
    var head =
        DeltaDiscoveryResponse.newBuilder()
            .setSystemVersionInfo(version)
            .setTypeUrl(type.typeUrl())
            .setControlPlane(self)
            .addAllRemovedResources(telling.removed());
    head.addAllResourceErrors(errors(type, telling.missing()));
    if (isRemovedWhenMissing(type)) {
      head.addAllRemovedResources(telling.missing());
    }
    var encoding = new Encoding(head.build());
    for (var resource : telling.resources()) {
      encoding.addNamed(type, resource, question.format().ttl());
    }
    for (var placeholder : placeholders(type, telling.missing())) {
      encoding.add(placeholder);
    }
    int removed = head.getRemovedResourcesCount();
    boolean empty = encoding.count() == 0 && removed == 0 && head.getResourceErrorsCount() == 0;
    return empty && !question.due()
        ? Optional.empty()
        : Optional.of(new Body(type, version, encoding.count(), removed, encoding.bytes()));
  }

  /**
   * Resources without their content. Where an absence is a removal, those that live for ever come
   * with theirs.
   */
  Body heartbeat(Question question) {
    var type = question.type();
    var view = question.to().view();
    var encoding = new Encoding(heartbeatHead(question, view.version()));
    for (var resource : view.all()) {
      if (!question.subscription().wants(resource)) {
        continue;
      }
      if (resource.ttl() != null) {
        encoding.addHeartbeat(resource, question.format().delta());
      } else if (!question.format().delta() && SotwRules.isWhole(type)) {
        encoding.addSotw(type, resource, true);
      }
    }
    return new Body(type, view.version(), encoding.count(), 0, encoding.bytes());
  }

  private Message heartbeatHead(Question question, String version) {
    var url = question.type().typeUrl();
    return question.format().delta()
        ? DeltaDiscoveryResponse.newBuilder()
            .setSystemVersionInfo(version)
            .setTypeUrl(url)
            .setControlPlane(self)
            .build()
        : DiscoveryResponse.newBuilder()
            .setVersionInfo(version)
            .setTypeUrl(url)
            .setControlPlane(self)
            .build();
  }

  /**
   * A route configuration that Envoy waits for and that is told as removed stops Envoy's own timer,
   * and the listener would warm for ever: silence is kinder.
   */
  private boolean isRemovedWhenMissing(ResourceType type) {
    return !rules.resourceErrors()
        && !type.equals(ResourceType.ROUTE)
        && !type.equals(ResourceType.VIRTUAL_HOST)
        && !(rules.emptyEndpoints() && type.equals(ResourceType.ENDPOINT));
  }

  private List<ResourceError> errors(ResourceType type, List<String> missing) {
    if (!rules.resourceErrors() || !invented(type, missing).isEmpty()) {
      return List.of();
    }
    return missing.stream().map(Answers::notFound).toList();
  }

  private static ResourceError notFound(String name) {
    return ResourceError.newBuilder()
        .setResourceName(ResourceName.newBuilder().setName(name))
        .setErrorDetail(
            com.google.rpc.Status.newBuilder()
                .setCode(Code.NOT_FOUND_VALUE)
                .setMessage("no resource of this name"))
        .build();
  }

  /** The missing assignments that are answered with an empty one. */
  private List<String> invented(ResourceType type, List<String> missing) {
    return rules.emptyEndpoints() && type.equals(ResourceType.ENDPOINT) ? missing : List.of();
  }

  /** What a delta client gets in place of what is missing. */
  private List<Resource> placeholders(ResourceType type, List<String> missing) {
    if (type.equals(ResourceType.VIRTUAL_HOST)) {
      // Without it, the HTTP request that asked for the host would hang.
      return missing.stream()
          .map(name -> Resource.newBuilder().setName(name).addAliases(name).build())
          .toList();
    }
    return invented(type, missing).stream()
        .map(name ->
            Resource.newBuilder()
                .setName(name)
                .setResource(Any.pack(emptyAssignment(name)))
                .build())
        .toList();
  }

  private static ClusterLoadAssignment emptyAssignment(String name) {
    return ClusterLoadAssignment.newBuilder().setClusterName(name).build();
  }
}
