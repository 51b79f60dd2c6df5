package myxds.gate.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import myxds.resource.FieldPath;
import myxds.resource.Resource;

/**
 * One address at which a listener wants connections.
 *
 * @param at the field that says so
 * @param space who has another one can share no address with it: protocol, port, network namespace
 * @param reach the address in that space
 * @param text how to show it
 */
record Socket(Owner owner, FieldPath at, String space, Reach reach, String text) {

  /**
   * The listener.
   *
   * @param binds false for one that is handed its connections by another
   * @param shares whether the kernel lets it and another have overlapping addresses
   */
  record Owner(Resource resource, boolean binds, boolean shares) {}

  /** The addresses that it takes connections for. */
  sealed interface Reach {

    /**
     * Envoy does not look at {@code ipv4_compat} to tell two of them apart: it is no part of
     * equality.
     */
    String key();

    record Pipe(String key) implements Reach {}

    record One(Ip ip) implements Reach {
      @Override
      public String key() {
        return ip.hex();
      }
    }

    record All(Ip ip, boolean bothFamilies) implements Reach {
      @Override
      public String key() {
        return ip.hex();
      }

      private boolean overlaps(Reach other) {
        return switch (other) {
          case Pipe ignored -> false;
          case One one -> bothFamilies || one.ip.isV4() == ip.isV4();
          case All all -> bothFamilies || all.bothFamilies;
        };
      }
    }
  }

  /** Those of a listener that can get in another's way. */
  static List<Socket> of(Resource resource) {
    var listener = new Node(resource.message(), FieldPath.ROOT);
    if (listener.hasAny("internal_listener", "api_listener")) {
      return List.of();
    }
    var owner =
        new Owner(
            resource,
            listener.flag("bind_to_port", true),
            // Its own options may let it too.
            listener.flag("enable_reuse_port", true) || listener.has("socket_options"));
    var addresses = new ArrayList<Node>();
    listener.child("address").ifPresent(addresses::add);
    for (var more : listener.children("additional_addresses")) {
      more.child("address").ifPresent(addresses::add);
    }
    return addresses.stream().flatMap(address -> of(owner, address).stream()).toList();
  }

  private static Optional<Socket> of(Owner owner, Node address) {
    var pipe = address.child("pipe");
    if (pipe.isPresent()) {
      var path = pipe.get().text("path");
      return Optional.of(new Socket(owner, address.path(), "pipe", new Reach.Pipe(path), path));
    }
    return address.child("socket_address").flatMap(socket -> ip(owner, address, socket));
  }

  private static Optional<Socket> ip(Owner owner, Node address, Node socket) {
    var port = socket.number("port_value");
    // Port 0 is a port of its own for each that binds.
    if (port.isEmpty() || (owner.binds && port.getAsLong() == 0)) {
      return Optional.empty();
    }
    var host = socket.text("address");
    var protocol = socket.text("protocol");
    var space = protocol + port.getAsLong() + " " + socket.text("network_namespace_filepath");
    var text = protocol + " port " + port.getAsLong() + " of " + host;
    return Ip.of(host).map(ip -> new Socket(owner, address.path(), space, reach(ip, socket), text));
  }

  private static Reach reach(Ip ip, Node socket) {
    return ip.equals(Ip.ANY_V4) || ip.equals(Ip.ANY_V6)
        ? new Reach.All(ip, !ip.isV4() && socket.flag("ipv4_compat", false))
        : new Reach.One(ip);
  }

  boolean isSameAs(Socket other) {
    return space.equals(other.space) && reach.key().equals(other.reach.key());
  }

  /** Whether this one and another cannot both be bound, though Envoy takes them for two. */
  boolean blocks(Socket other) {
    return reach instanceof Reach.All all
        && all.overlaps(other.reach)
        && owner.binds
        && other.owner.binds
        && !(owner.shares && other.owner.shares);
  }

  boolean isOfSameListener(Socket other) {
    return owner.resource.id().equals(other.owner.resource.id());
  }
}
