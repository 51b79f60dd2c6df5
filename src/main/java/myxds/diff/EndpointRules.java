package myxds.diff;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import myxds.diff.Effect.Kind;

/** How an Envoy takes other endpoints of a cluster: those that are gone lose their connections. */
final class EndpointRules {
  /** More are counted, not named. */
  private static final int NAMED = 3;

  private EndpointRules() {}

  static Effect effect(Message before, Message after) {
    var gone = addresses(before);
    gone.removeAll(addresses(after));
    return new Effect(Kind.IN_PLACE, "updated in place, " + drained(gone));
  }

  private static String drained(Set<String> gone) {
    if (gone.isEmpty()) {
      return "no connection drains";
    }
    return gone.size() > NAMED
        ? "connections to %d endpoints drain".formatted(gone.size())
        : "connections to %s drain".formatted(String.join(", ", gone));
  }

  private static Set<String> addresses(Message assignment) {
    var addresses = new TreeSet<String>();
    for (var locality : elements(assignment, "endpoints")) {
      for (var endpoint : elements(locality, "lb_endpoints")) {
        addresses.add(Identity.of(endpoint));
      }
    }
    addresses.remove("");
    return addresses;
  }

  private static List<Message> elements(Message in, String name) {
    var field = in.getDescriptorForType().findFieldByName(name);
    return field == null
        ? List.of()
        : ((List<?>) in.getField(field)).stream().map(Message.class::cast).toList();
  }
}
