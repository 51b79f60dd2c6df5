package myxds.discovery;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.discovery.RestAnswer.Refused;
import myxds.port.SocketAddresses;
import myxds.resource.ResourceType;

/** What can be said of a REST request before its JSON is read. */
record RestRequest(ServerRequest http) {
  private static final String PREFIX = "/v3/discovery:";
  private static final String STATUS = PREFIX + "client_status";

  /** The API has no REST for the types that are asked for in delta xDS only. */
  private static final Set<ResourceType> DELTA_ONLY =
      Set.of(ResourceType.VIRTUAL_HOST, ResourceType.LOCALITY_ENDPOINT);

  private static final List<ResourceType> TYPES =
      ResourceType.KNOWN.stream().filter(type -> !DELTA_ONLY.contains(type)).toList();

  /** {@code curl -d} says that it sends a form, whatever it sends. */
  private static final Set<String> JSON =
      Set.of("application/json", "application/x-www-form-urlencoded");

  String path() {
    return http.path().path();
  }

  /** The type that the path names; empty for the path of the clients' status. */
  Optional<ResourceType> type() {
    return TYPES.stream().filter(type -> path().equals(PREFIX + type.plural())).findFirst();
  }

  /** What is wrong with its path, method, or headers. */
  Optional<Refused> refusal(int maxBytes) {
    if (type().isEmpty() && !path().equals(STATUS)) {
      return Optional.of(unknownPath());
    }
    if (!http.prologue().method().equals(Method.POST)) {
      var method = http.prologue().method().text();
      return Optional.of(new Refused(405, "method: " + method + " (expected: POST)"));
    }
    var mediaType = mediaType();
    if (mediaType.isPresent() && !JSON.contains(mediaType.get())) {
      return Optional.of(
          new Refused(415, "content-type: " + mediaType.get() + " (expected: application/json)"));
    }
    return http.headers().contentLength().orElse(0) > maxBytes
        ? Optional.of(tooLarge(maxBytes))
        : Optional.empty();
  }

  String address() {
    var peer = http.remotePeer();
    return SocketAddresses.text(peer.host(), peer.port());
  }

  static Refused tooLarge(int maxBytes) {
    return new Refused(413, "the body is too large (expected: at most " + maxBytes + " bytes)");
  }

  private Optional<String> mediaType() {
    return http.headers()
        .first(HeaderNames.CONTENT_TYPE)
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  private Refused unknownPath() {
    if (path().startsWith("/v2/")) {
      return new Refused(
          404, path() + " is of the API that Envoy removed (expected: " + v3() + ")");
    }
    var known =
        Stream.concat(TYPES.stream().map(type -> PREFIX + type.plural()), Stream.of(STATUS))
            .collect(Collectors.joining(", "));
    return new Refused(404, path() + " is not served (expected: " + known + ")");
  }

  /** {@code /v2/discovery:clusters} → {@code /v3/discovery:clusters}. */
  private String v3() {
    var v3 = "/v3/" + path().substring("/v2/".length());
    return TYPES.stream().anyMatch(type -> v3.equals(PREFIX + type.plural()))
        ? v3
        : PREFIX + "TYPE";
  }
}
