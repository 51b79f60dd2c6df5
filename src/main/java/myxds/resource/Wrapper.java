package myxds.resource;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code envoy.service.discovery.v3.Resource} that may stand around a resource.
 *
 * @param name empty when it gives none
 */
record Wrapper(String name, Delivery delivery, List<Problem> problems) {
  static final String NAME = "envoy.service.discovery.v3.Resource";

  /** What holds for a resource that stands alone. */
  static final Wrapper NONE = new Wrapper("", Delivery.PLAIN, List.of());

  private static final Set<String> NOT_DELIVERED =
      Set.of("cache_control", "cacheControl", "resource_name", "resourceName", "metadata");

  /** Reads all of it but the resource inside. */
  static Wrapper read(Tree.Mapping tree, Schema schema) {
    var problems = new ArrayList<Problem>();
    var understood = new ArrayList<Tree.Entry>();
    for (var entry : tree.entries()) {
      if (NOT_DELIVERED.contains(entry.key())) {
        problems.add(
            Problem.warning(
                entry.origin(), "\"%s\" of the wrapper is not delivered".formatted(entry.key())));
      } else if (!Set.of("@type", "resource").contains(entry.key())) {
        understood.add(entry);
      }
    }
    var facts = new Tree.Mapping(List.copyOf(understood), tree.origin());
    var message = message(facts, schema, problems);
    return new Wrapper(message.getName(), delivery(message, facts, problems), problems);
  }

  private static Resource message(Tree.Mapping facts, Schema schema, List<Problem> problems) {
    var builder = Resource.newBuilder();
    try {
      schema.merge(facts.json(), builder);
      return builder.build();
    } catch (InvalidProtocolBufferException e) {
      problems.addAll(FieldLocator.explain(e, facts, Resource.getDescriptor(), schema));
      var name = facts.text("name");
      return Resource.newBuilder().setName(name == null ? "" : name).build();
    }
  }

  private static Delivery delivery(Resource message, Tree.Mapping facts, List<Problem> problems) {
    if (facts.get("aliases") instanceof Tree.Sequence aliases) {
      aliases.elements().stream()
          .filter(alias -> !isName(alias))
          .forEach(alias ->
              problems.add(
                  Problem.error(
                      alias.origin(), "aliases: " + said(alias) + " (expected: a name)")));
    }
    var aliases = message.getAliasesList().stream().map(XdsName::canonical).toList();
    return new Delivery(ttl(message, facts, problems), aliases);
  }

  /** The JSON parser takes whatever stands in a list of texts for a text. */
  private static boolean isName(Tree alias) {
    return alias instanceof Tree.Scalar scalar
        && scalar.json().isJsonPrimitive()
        && !scalar.json().getAsString().isEmpty();
  }

  private static String said(Tree alias) {
    return alias instanceof Tree.Scalar(var json, var at) && json.isJsonPrimitive()
        ? json.toString()
        : alias.kind();
  }

  private static @Nullable Duration ttl(
      Resource message, Tree.Mapping facts, List<Problem> problems) {
    if (!message.hasTtl()) {
      return null;
    }
    var ttl = message.getTtl();
    var at = facts.get("ttl");
    if (Durations.compare(ttl, Durations.ZERO) <= 0) {
      problems.add(
          Problem.error(
              at == null ? facts.origin() : at.origin(),
              "ttl: %s (expected: more than 0s)".formatted(Durations.toString(ttl))));
      return null;
    }
    return Duration.ofSeconds(ttl.getSeconds(), ttl.getNanos());
  }
}
