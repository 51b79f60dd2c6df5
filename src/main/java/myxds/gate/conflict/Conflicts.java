package myxds.gate.conflict;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import myxds.resource.Finding;
import myxds.resource.Located;
import myxds.resource.Resource;
import myxds.resource.Schema;

/**
 * Finds what is well-formed and yet does not work: resources, or parts of one, that are in each
 * other's way. Errors are what Envoy refuses or what breaks traffic, warnings what is only useless
 * or a danger. Each was tried on Envoy 1.40. Safe for use by several threads.
 */
public final class Conflicts {
  private final Walk<Finding> walk;

  /**
   * @param clock what certificates are valid by
   * @param fileExists whether there is a file or folder of this name on this machine
   * @param soon how long before its end a certificate is told of
   */
  public Conflicts(
      Schema schema, InstantSource clock, Predicate<String> fileExists, Duration soon) {
    var filters = new FilterOrder(schema);
    var certificates = new Certificates(new Validity(clock, soon));
    var checks = new HashMap<String, List<Check>>();
    Files.FIELDS.keySet().forEach(type -> checks.put(type, List.of(new Files(fileExists))));
    checks.putAll(
        Map.of(
            Domains.TYPE, List.of(new Domains()),
            Unreachable.TYPE, List.of(new Unreachable()),
            Weights.TYPE, List.of(new Weights()),
            FilterChains.TYPE, List.of(new FilterChains(), Hosts::listener),
            FilterOrder.CHAIN, List.of(filters::network),
            FilterOrder.HTTP, List.of(filters::http),
            FilterOrder.ROUTER, List.of(filters::upstream),
            FilterOrder.UPSTREAM, List.of(filters::upstream),
            Hosts.CLUSTER, List.of(Hosts::cluster),
            Hosts.ENDPOINTS, List.of(Hosts::delivered)));
    checks.putAll(
        Map.of(
            Certificates.OWN, List.of(certificates::own),
            Certificates.TRUST, List.of(certificates::trusted),
            Scopes.TYPE, List.of(new Scopes()),
            TlsContexts.DOWNSTREAM, List.of(TlsContexts::downstream),
            TlsContexts.UPSTREAM, List.of(TlsContexts::upstream)));
    this.walk = new Walk<>(schema, Map.copyOf(checks));
  }

  /** All that is wrong in these resources, which are those of one group. */
  public List<Located> find(Collection<Resource> resources) {
    var found = new ArrayList<Located>();
    for (var resource : resources) {
      inside(resource).forEach(finding -> found.add(new Located(resource, finding)));
    }
    found.addAll(between(resources));
    return found;
  }

  /**
   * What is wrong with a resource by itself: the same for as long as it does not change, but for
   * certificates, which age.
   */
  public List<Finding> inside(Resource resource) {
    return walk.of(resource.message());
  }

  /** What is wrong between the resources of one group; the effort grows with their number. */
  public List<Located> between(Collection<Resource> resources) {
    var found = new ArrayList<>(Sockets.check(resources));
    found.addAll(SharedDomains.check(resources));
    found.addAll(Scopes.check(resources));
    return found;
  }
}
