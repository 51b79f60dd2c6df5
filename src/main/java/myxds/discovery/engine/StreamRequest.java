package myxds.discovery.engine;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.ResourceLocator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the two dialects of xDS have in common in a request. */
public sealed interface StreamRequest {

  /**
   * The request in this message.
   *
   * @throws IllegalArgumentException if it is a message of another protocol
   */
  static StreamRequest of(Object message) {
    return switch (message) {
      case DiscoveryRequest sotw -> new Sotw(sotw);
      case DeltaDiscoveryRequest delta -> new Delta(delta);
      default -> throw new IllegalArgumentException("not an xDS request: " + message.getClass());
    };
  }

  String typeUrl();

  /** The default instance if the client told none. */
  Node node();

  String nonce();

  /** Why the client refused the response with this nonce; empty if it did not. */
  Optional<String> refusal();

  /** The version that the client holds; delta requests have none. */
  String version();

  List<String> names();

  /**
   * The versions by name of what the client holds from an earlier stream; empty but for the first
   * delta request of a type.
   */
  default Map<String, String> claims() {
    return Map.of();
  }

  /** A locator is a name with parameters that choose a variant; there is one variant of all. */
  private static List<String> names(List<String> names, List<ResourceLocator> locators) {
    return locators.isEmpty()
        ? names
        : Stream.concat(names.stream(), locators.stream().map(ResourceLocator::getName)).toList();
  }

  /** State of the world. */
  record Sotw(DiscoveryRequest message) implements StreamRequest {

    @Override
    public String typeUrl() {
      return message.getTypeUrl();
    }

    @Override
    public Node node() {
      return message.getNode();
    }

    @Override
    public String nonce() {
      return message.getResponseNonce();
    }

    @Override
    public Optional<String> refusal() {
      return message.hasErrorDetail()
          ? Optional.of(message.getErrorDetail().getMessage())
          : Optional.empty();
    }

    @Override
    public String version() {
      return message.getVersionInfo();
    }

    @Override
    public List<String> names() {
      return StreamRequest.names(message.getResourceNamesList(), message.getResourceLocatorsList());
    }
  }

  /** Incremental. */
  record Delta(DeltaDiscoveryRequest message) implements StreamRequest {

    @Override
    public String typeUrl() {
      return message.getTypeUrl();
    }

    @Override
    public Node node() {
      return message.getNode();
    }

    @Override
    public String nonce() {
      return message.getResponseNonce();
    }

    @Override
    public Optional<String> refusal() {
      return message.hasErrorDetail()
          ? Optional.of(message.getErrorDetail().getMessage())
          : Optional.empty();
    }

    @Override
    public String version() {
      return "";
    }

    @Override
    public List<String> names() {
      return StreamRequest.names(
          message.getResourceNamesSubscribeList(), message.getResourceLocatorsSubscribeList());
    }

    /** The names that are no longer wanted. */
    public List<String> unsubscribed() {
      return StreamRequest.names(
          message.getResourceNamesUnsubscribeList(), message.getResourceLocatorsUnsubscribeList());
    }

    @Override
    public Map<String, String> claims() {
      return message.getInitialResourceVersionsMap();
    }
  }
}
