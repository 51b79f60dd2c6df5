package myxds.admin;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The hosts that the admin port answers for. A web page of {@code evil.test} can make that name
 * resolve to 127.0.0.1 (DNS rebinding); the browser then takes the daemon for a part of the page.
 * Only the Host header, which a page cannot choose, tells them apart. An IP address cannot be
 * rebound.
 */
final class AllowedHosts {
  private static final String ANY = "*";

  /** Load balancers probe these with a Host of their own, and they change nothing. */
  private static final Set<String> HEALTH = Set.of("/healthz", "/readyz");

  private final InetSocketAddress bound;
  private final Set<String> hosts;

  /**
   * @param bound the address that the port is bound to
   * @param hosts further names and addresses; {@code *} is any
   */
  AllowedHosts(InetSocketAddress bound, Set<String> hosts) {
    this.bound = bound;
    this.hosts = hosts.stream().map(AllowedHosts::bare).collect(Collectors.toUnmodifiableSet());
  }

  /** Returns why the request is not answered; empty when it is. */
  Optional<Reply> refusal(ServerRequest request) {
    if (HEALTH.contains(request.path().rawPathNoParams())) {
      return Optional.empty();
    }
    var host = request.headers().values(HeaderNames.HOST);
    if (!host.stream().allMatch(this::isAllowed) || host.size() > 1) {
      return Optional.of(
          forbidden(
              "host \"%s\" is not allowed (expected: localhost, the address that the admin port is"
                      .formatted(String.join(", ", host))
                  + " bound to, or one of admin.hosts in the settings)"));
    }
    return request
        .headers()
        .first(HeaderNames.ORIGIN)
        .filter(origin -> !isOwn(origin, host))
        .map(origin ->
            forbidden(
                "origin \"%s\" is not allowed (expected: that of the page itself, or a host of"
                        .formatted(origin)
                    + " admin.hosts in the settings)"));
  }

  private static Reply forbidden(String detail) {
    return Reply.problem(403, "Forbidden", detail);
  }

  private boolean isAllowed(String text) {
    return host(text).filter(this::isKnown).isPresent();
  }

  private boolean isKnown(String host) {
    return hosts.contains(ANY)
        || hosts.contains(host)
        || host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals(bare(bound.getHostString()))
        || (InetAddresses.isInetAddress(host) && isBound(host));
  }

  private boolean isBound(String literal) {
    var address = InetAddresses.forString(literal);
    return address.isLoopbackAddress()
        || address.equals(bound.getAddress())
        || (bound.getAddress() != null && bound.getAddress().isAnyLocalAddress());
  }

  /**
   * Returns whether the origin is that of the host that was asked, or of one that the settings
   * name: a proxy may have changed the Host. {@code null} is the origin of a sandboxed page.
   */
  private boolean isOwn(String origin, List<String> asked) {
    try {
      var uri = URI.create(origin);
      var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() == null || !Set.of("http", "https").contains(scheme)) {
        return false;
      }
      int usual = scheme.equals("https") ? 443 : 80;
      int port = uri.getPort() < 0 ? usual : uri.getPort();
      return hosts.contains(bare(uri.getHost()))
          || asked.stream().anyMatch(host -> isAt(host, bare(uri.getHost()), port, usual));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isAt(String text, String host, int port, int usual) {
    var asked = HostAndPort.fromString(text);
    return bare(asked.getHost()).equals(host) && asked.getPortOrDefault(usual) == port;
  }

  private static Optional<String> host(String text) {
    try {
      return Optional.of(bare(HostAndPort.fromString(text).getHost()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns a host in small letters, without brackets and without the dot of a full name. */
  private static String bare(String host) {
    var small = host.toLowerCase(Locale.ROOT);
    var inside = small.startsWith("[") && small.endsWith("]");
    var name = inside ? small.substring(1, small.length() - 1) : small;
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
