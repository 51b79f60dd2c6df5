package myxds.diff;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import myxds.diff.Effect.Kind;
import myxds.resource.Schema;

/**
 * How an Envoy takes another listener of the same name. The rules are those of its listener
 * manager: {@code supportUpdateFilterChain} and {@code setupSocketFactoryForListener}.
 */
final class ListenerRules {
  /** What it can exchange while it goes on to listen. */
  private static final Set<String> IN_PLACE =
      Set.of("filter_chains", "default_filter_chain", "filter_chain_matcher");

  private static final List<String> SOCKET_OPTIONS =
      List.of("transparent", "freebind", "tcp_fast_open_queue_length", "socket_options");

  private final Equivalence equivalence;

  ListenerRules(Schema schema) {
    this.equivalence = new Equivalence(schema);
  }

  Effect effect(Message before, Message after) {
    if (reusesPort(before) != reusesPort(after)) {
      return refused("enable_reuse_port cannot change while it listens");
    }
    var reasons = reasons(before, after);
    if (reasons.isEmpty()) {
      return new Effect(Kind.IN_PLACE, "updated in place" + drained(before, after));
    }
    if (!reusesPort(after) && cannotListenBeside(before, after)) {
      return refused("without enable_reuse_port, it cannot listen twice on one address");
    }
    return new Effect(
        Kind.DRAINS,
        "warms, then replaces the old one, which drains, because of " + String.join(", ", reasons));
  }

  private static Effect refused(String why) {
    return new Effect(Kind.REFUSED, "refused by Envoy: " + why);
  }

  /** The fields for which it must listen anew; empty: it is updated in place. */
  private Set<String> reasons(Message before, Message after) {
    var reasons = new TreeSet<String>();
    for (var field : after.getDescriptorForType().getFields()) {
      if (!IN_PLACE.contains(field.getName()) && !equivalence.same(before, after, field)) {
        reasons.add(field.getName());
      }
    }
    if (chains(after).isEmpty()) {
      reasons.add("filter_chains");
    }
    if (usesProxyProtocol(before) != usesProxyProtocol(after)) {
      reasons.add("use_proxy_proto");
    }
    return reasons;
  }

  /** Connections go on with the filter chain that took them, if it is still there as it was. */
  private static String drained(Message before, Message after) {
    var kept = new HashSet<>(chains(after));
    var drained = new ArrayList<String>();
    for (int i = 0; i < chains(before).size(); i++) {
      var chain = chains(before).get(i);
      if (!kept.contains(chain)) {
        drained.add(name(chain).orElse("filter_chains[" + i + "]"));
      }
    }
    var standard = message(before, "default_filter_chain");
    if (standard.isPresent() && !standard.equals(message(after, "default_filter_chain"))) {
      drained.add("default_filter_chain");
    }
    return drained.isEmpty()
        ? ", no connection drains"
        : ", connections of %s drain".formatted(String.join(", ", drained));
  }

  private static Optional<String> name(Message chain) {
    return field(chain, "name")
        .map(field -> (String) chain.getField(field))
        .filter(name -> !name.isEmpty());
  }

  /** It does unless told otherwise. */
  private static boolean reusesPort(Message listener) {
    return message(listener, "enable_reuse_port").map(ListenerRules::isTrue).orElse(true);
  }

  private static boolean usesProxyProtocol(Message listener) {
    return chains(listener).stream()
        .findFirst()
        .or(() -> message(listener, "default_filter_chain"))
        .flatMap(chain -> message(chain, "use_proxy_proto"))
        .filter(ListenerRules::isTrue)
        .isPresent();
  }

  private static boolean isTrue(Message wrapper) {
    return field(wrapper, "value")
        .map(wrapper::getField)
        .filter(value -> (boolean) value)
        .isPresent();
  }

  private boolean cannotListenBeside(Message before, Message after) {
    var old = addresses(before);
    var next = addresses(after);
    return (!sameSocketOptions(before, after) && !Collections.disjoint(old, next))
        || (binds(before) && binds(after) && Binding.isBlocked(old, next));
  }

  private static boolean binds(Message listener) {
    return message(listener, "bind_to_port").map(ListenerRules::isTrue).orElse(true);
  }

  private boolean sameSocketOptions(Message before, Message after) {
    return SOCKET_OPTIONS.stream()
            .flatMap(name -> field(after, name).stream())
            .allMatch(field -> equivalence.same(before, after, field))
        && ofAdditionalAddresses(before).equals(ofAdditionalAddresses(after));
  }

  private static List<Optional<Message>> ofAdditionalAddresses(Message listener) {
    return messages(listener, "additional_addresses").stream()
        .map(address -> message(address, "socket_options"))
        .toList();
  }

  private static List<Message> addresses(Message listener) {
    var more =
        messages(listener, "additional_addresses").stream()
            .flatMap(address -> message(address, "address").stream());
    return Stream.concat(message(listener, "address").stream(), more).toList();
  }

  private static List<Message> chains(Message listener) {
    return messages(listener, "filter_chains");
  }

  private static List<Message> messages(Message in, String name) {
    return field(in, name).map(in::getField).stream()
        .flatMap(list -> ((List<?>) list).stream())
        .map(Message.class::cast)
        .toList();
  }

  /** What is set; a schema that does not know the field is one where it is not. */
  private static Optional<Message> message(Message in, String name) {
    return field(in, name).filter(in::hasField).map(in::getField).map(Message.class::cast);
  }

  private static Optional<FieldDescriptor> field(Message message, String name) {
    return Optional.ofNullable(message.getDescriptorForType().findFieldByName(name));
  }
}
