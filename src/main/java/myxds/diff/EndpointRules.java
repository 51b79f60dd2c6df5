package myxds.diff;

import com.google.protobuf.Message;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import myxds.diff.Effect.Kind;

/** How an Envoy takes other endpoints of a cluster: those that are gone lose their connections. */
final class EndpointRules {
  /** More are counted, not named. */
  private static final int NAMED = 3;

  private EndpointRules() {}

  static Effect effect(Message before, Message after) {
    var gone = hosts(before);
    gone.removeAll(hosts(after));
    var addresses = gone.stream().map(Host::address).collect(Collectors.toCollection(TreeSet::new));
    return new Effect(Kind.IN_PLACE, "updated in place, " + drained(addresses));
  }

  /**
   * What makes an endpoint another one to Envoy: with a new name or in a new place it is a new host
   * with new connections.
   */
  private record Host(String address, String hostname, String locality)
      implements Comparable<Host> {
    private static final Comparator<Host> ORDER =
        Comparator.comparing(Host::address)
            .thenComparing(Host::hostname)
            .thenComparing(Host::locality);

    @Override
    public int compareTo(Host other) {
      return ORDER.compare(this, other);
    }
  }

  /** A host with active health checks stays until they fail, which the cluster tells, not this. */
  private static String drained(Set<String> gone) {
    if (gone.isEmpty()) {
      return "no connection drains";
    }
    var who = gone.size() > NAMED ? "%d endpoints".formatted(gone.size()) : String.join(", ", gone);
    return "connections to %s drain (where health is checked, once it fails)".formatted(who);
  }

  private static Set<Host> hosts(Message assignment) {
    var hosts = new TreeSet<Host>();
    for (var locality : elements(assignment, "endpoints")) {
      for (var endpoint : elements(locality, "lb_endpoints")) {
        var address = Identity.of(endpoint);
        if (!address.isEmpty()) {
          hosts.add(new Host(address, Identity.hostname(endpoint), Identity.of(locality)));
        }
      }
    }
    return hosts;
  }

  private static List<Message> elements(Message in, String name) {
    var field = in.getDescriptorForType().findFieldByName(name);
    return field == null
        ? List.of()
        : ((List<?>) in.getField(field)).stream().map(Message.class::cast).toList();
  }
}
