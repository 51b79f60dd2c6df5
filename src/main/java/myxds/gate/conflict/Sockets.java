package myxds.gate.conflict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import myxds.gate.conflict.Socket.Reach;
import myxds.resource.Finding;
import myxds.resource.Located;
import myxds.resource.Resource;
import myxds.resource.ResourceType;

/**
 * Listeners that want the same address. Envoy refuses the second of two that are equal, bound or
 * not; overlapping ones, as 0.0.0.0 and 127.0.0.1, are the kernel's business, which lets them be
 * only if both reuse the port. Both listeners are told.
 */
final class Sockets {
  private final List<Located> found = new ArrayList<>();
  private final Set<Socket> told = Collections.newSetFromMap(new IdentityHashMap<>());

  private Sockets() {}

  static List<Located> check(Collection<Resource> resources) {
    var sockets = new Sockets();
    var spaces = new LinkedHashMap<String, List<Socket>>();
    for (var resource : resources) {
      if (resource.type().equals(ResourceType.LISTENER)) {
        for (var socket : Socket.of(resource)) {
          spaces.computeIfAbsent(socket.space(), space -> new ArrayList<>()).add(socket);
        }
      }
    }
    spaces.values().forEach(sockets::space);
    return sockets.found;
  }

  private void space(List<Socket> sockets) {
    var first = new LinkedHashMap<String, Socket>();
    for (var socket : sockets) {
      var other = first.putIfAbsent(socket.reach().key(), socket);
      if (other != null) {
        same(other, socket);
      }
    }
    // There is one of each family at most.
    var wide = first.values().stream().filter(one -> one.reach() instanceof Reach.All).toList();
    for (var one : wide) {
      first.values().stream()
          .filter(other -> !other.isSameAs(one) && one.blocks(other))
          .forEach(other -> blocked(one, other));
    }
  }

  private void same(Socket first, Socket second) {
    if (first.isOfSameListener(second)) {
      own(second);
      return;
    }
    tell(first, second, "%s is also the address of listener \"%s\" (expected: one of its own)");
    tell(second, first, "%s is also the address of listener \"%s\" (expected: one of its own)");
  }

  /** Bound twice it works if the port is reused, but to no use. */
  private void own(Socket socket) {
    boolean fails = socket.owner().binds() && !socket.owner().shares();
    var text = socket.text() + " is an address of this listener already (expected: once)";
    var finding = fails ? Finding.error(socket.at(), text) : Finding.warning(socket.at(), text);
    found.add(new Located(socket.owner().resource(), finding));
  }

  private void blocked(Socket wide, Socket other) {
    var text =
        "%s cannot be bound beside that of listener \"%s\" (expected: enable_reuse_port, which is"
            + " the default, in both)";
    tell(wide, other, text);
    tell(other, wide, text);
  }

  private void tell(Socket socket, Socket other, String text) {
    if (told.add(socket)) {
      var message = text.formatted(socket.text(), other.owner().resource().name());
      found.add(new Located(socket.owner().resource(), Finding.error(socket.at(), message)));
    }
  }
}
