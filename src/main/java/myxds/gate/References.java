package myxds.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import myxds.resource.FieldPath;
import myxds.resource.Finding;
import myxds.resource.Located;
import myxds.resource.Problem.Severity;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.resource.Spelling;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a group's resources ask for and nobody has, and what nobody asks for. Envoy takes most
 * of the former in silence: a route to a cluster that is not there answers 503, endpoints that do
 * not come keep a cluster warming.
 */
final class References {
  /** To look for what was meant costs a look at every name there is. */
  private static final int MOST_SUGGESTIONS = 20;

  /** Of these types, which others can be the ones that name them. */
  private static final Map<ResourceType, Set<ResourceType>> NAMED_BY =
      Map.of(
          ResourceType.ENDPOINT, Set.of(ResourceType.CLUSTER),
          ResourceType.ROUTE, Set.of(ResourceType.LISTENER),
          ResourceType.SECRET, Set.of(ResourceType.LISTENER, ResourceType.CLUSTER),
          ResourceType.EXTENSION_CONFIG, Set.of(ResourceType.LISTENER));

  private final Surroundings surroundings;
  private final Bootstrap bootstrap;
  private final Map<ResourceType, Set<String>> names = new HashMap<>();
  private final Set<ResourceId> asked = new HashSet<>();

  /** Clusters by which something is asked for that is here. */
  private final Set<String> askedHere = new HashSet<>();

  private final List<Located> found = new ArrayList<>();
  private int suggestions;

  private References(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.bootstrap = surroundings.bootstrap();
  }

  /**
   * @param members of one group, no two of them with the same id
   * @param broken what the group would have, too, if it were right; it may ask for anything
   */
  static List<Located> check(
      Collection<Member> members, Set<ResourceId> broken, Surroundings surroundings) {
    var references = new References(surroundings);
    for (var member : members) {
      references.has(member.resource().id());
      for (var alias : member.resource().delivery().aliases()) {
        references.has(new ResourceId(member.resource().type(), alias));
      }
    }
    broken.forEach(references::has);
    var asking = references.withBootstrap(members);
    asking.forEach(references::asksHere);
    asking.forEach(references::asks);
    asking.forEach(references::needsAds);
    if (broken.isEmpty()) {
      members.forEach(references::isAsked);
    }
    return references.found;
  }

  /** Returns all that may ask for something. */
  private Collection<Member> withBootstrap(Collection<Member> members) {
    var requests = bootstrap.requests();
    if (requests == null) {
      return members;
    }
    var all = new ArrayList<>(members);
    all.add(requests.member());
    return all;
  }

  private void has(ResourceId id) {
    names.computeIfAbsent(id.type(), type -> new HashSet<>()).add(id.name());
  }

  private void asksHere(Member member) {
    for (var reference : member.asking().references()) {
      if (reference.provider() instanceof Provider.Server(var clusters) && isHere(reference)) {
        askedHere.addAll(clusters);
      }
    }
  }

  private void asks(Member member) {
    for (var reference : member.asking().references()) {
      asked.add(new ResourceId(reference.type(), reference.name()));
      var wrong = wrong(reference);
      if (wrong != null) {
        found.add(new Located(member.resource(), wrong));
      }
    }
  }

  /**
   * Without an {@code ads_config}, Envoy rejects what is to come over ADS, or never asks for it.
   */
  private void needsAds(Member member) {
    var requests = bootstrap.requests();
    if (requests == null || requests.hasAds()) {
      return;
    }
    for (var path : member.asking().ads()) {
      found.add(
          new Located(
              member.resource(),
              Finding.error(
                  path,
                  "the bootstrap has no ads_config (expected: one, or an api_config_source)")));
    }
  }

  private @Nullable Finding wrong(Reference reference) {
    return switch (reference.provider()) {
      case Provider.Ours ours -> isHere(reference) ? null : missing(reference);
      case Provider.Either either ->
          isHere(reference) || bootstrap.has(reference) ? null : missing(reference);
      case Provider.Server server -> isHere(reference) ? null : fromServer(reference, server);
      case Provider.Elsewhere elsewhere -> null;
      case Provider.Bootstrapped bootstrapped -> inBootstrap(reference);
    };
  }

  /**
   * The server may be another one, such as a node's own agent for certificates. It is this program
   * where the bootstrap says so, or where it has something else that is asked of that server.
   */
  private @Nullable Finding fromServer(Reference reference, Provider.Server server) {
    if (bootstrap.leadsHere(server) || server.isBehind(askedHere)) {
      return missing(reference);
    }
    return bootstrap.mayLeadHere(server) && !server.isBehind(names(ResourceType.CLUSTER))
        ? missing(
            reference,
            Severity.WARNING,
            ", if this program is the server behind cluster \"%s\""
                .formatted(server.clusters().getFirst()))
        : null;
  }

  private @Nullable Finding inBootstrap(Reference reference) {
    if (bootstrap.has(reference)) {
      return null;
    }
    if (reference.type().equals(ResourceType.SECRET) && isHere(reference)) {
      return Finding.error(
          reference.path(),
          "the bootstrap is asked for Secret \"%s\", which is served (expected: an sds_config)"
              .formatted(reference.name()));
    }
    return bootstrap.whole()
        ? new Finding(
            surroundings.atMost(reference.missing()),
            reference.path(),
            "the bootstrap has no %s \"%s\"".formatted(noun(reference.type()), reference.name()))
        : null;
  }

  private boolean isHere(Reference reference) {
    return names(reference.type()).contains(reference.name());
  }

  private Set<String> names(ResourceType type) {
    return names.getOrDefault(type, Set.of());
  }

  private Finding missing(Reference reference) {
    return missing(reference, reference.missing(), "");
  }

  private Finding missing(Reference reference, Severity severity, String condition) {
    var text =
        "there is no %s \"%s\"%s%s"
            .formatted(noun(reference.type()), reference.name(), meant(reference), condition);
    return new Finding(surroundings.atMost(severity), reference.path(), text);
  }

  private String meant(Reference reference) {
    if (++suggestions > MOST_SUGGESTIONS) {
      return "";
    }
    return Spelling.nearest(reference.name(), names(reference.type()))
        .map(name -> " (did you mean \"" + name + "\"?)")
        .orElse("");
  }

  /** Of what all groups have, some group may have no use. */
  private void isAsked(Member member) {
    var id = member.resource().id();
    var namedBy = NAMED_BY.getOrDefault(id.type(), Set.of());
    boolean couldBe = namedBy.stream().anyMatch(type -> !names(type).isEmpty());
    if (couldBe && !member.common() && !isAsked(id)) {
      found.add(
          new Located(
              member.resource(),
              new Finding(
                  Severity.WARNING,
                  FieldPath.ROOT,
                  "nobody asks for %s \"%s\"".formatted(noun(id.type()), id.name()))));
    }
  }

  private boolean isAsked(ResourceId id) {
    return asked.contains(id);
  }

  /** {@code Cluster}, {@code RouteConfiguration}. */
  private static String noun(ResourceType type) {
    var name = type.messageName();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
