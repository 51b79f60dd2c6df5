package myxds.discovery;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.admin.v3.ClientResourceStatus;
import io.envoyproxy.envoy.admin.v3.UpdateFailureState;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.status.v3.ClientConfig;
import io.envoyproxy.envoy.service.status.v3.ClientConfig.GenericXdsConfig;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.envoyproxy.envoy.service.status.v3.ConfigStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import myxds.discovery.engine.ResourceStatus;
import myxds.resource.Redaction;
import myxds.snapshot.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * The client status (CSDS): what connected clients were sent, ACKed and NACKed, without secrets.
 * Each stream is asked on its own event loop; the answer is put together on a thread of its own,
 * because it holds the resources of every client.
 */
final class ClientStatuses {
  private final Streams streams;
  private final Assignment assignment;
  private final Redaction redaction;

  /** Redacted resources; many clients were sent the same. */
  private final LoadingCache<Versioned, ByteString> contents =
      CacheBuilder.newBuilder().weakKeys().build(CacheLoader.from(this::redacted));

  ClientStatuses(Streams streams, Assignment assignment, Redaction redaction) {
    this.streams = streams;
    this.assignment = assignment;
    this.redaction = redaction;
  }

  /** A stream of a client and where it stands. */
  record Client(XdsStream stream, List<ResourceStatus> resources) {}

  /**
   * Answers with the clients that the request asks for, each once however many streams it has;
   * clients with one id are told apart by their connections.
   *
   * @param connection the address of the only client that is shown; null for all clients
   * @throws IllegalArgumentException naming what of the request cannot be answered
   */
  CompletableFuture<ClientStatusResponse> ask(
      ClientStatusRequest request, @Nullable String connection) {
    var wanted = new NodeMatch(request.getNodeMatchersList());
    boolean contents = !request.getExcludeResourceContents();
    return streams
        .ask(call -> call.standing(connection))
        .thenApplyAsync(
            standings -> {
              var clients = standings.stream().flatMap(each -> each).toList();
              return response(connection == null ? clients : own(clients), wanted, contents);
            },
            Thread::startVirtualThread);
  }

  /**
   * Returns the streams of a connection whose client asks about itself. Streams of several nodes
   * come through a proxy, which tells nobody whose request this is: then it is answered by none.
   */
  private static List<Client> own(List<Client> ofConnection) {
    var ids = ofConnection.stream().map(client -> client.stream.node().getId()).distinct().count();
    if (ids != 1) {
      throw new NotYours();
    }
    return ofConnection;
  }

  /** The request came from no client of which the status may be shown. */
  static final class NotYours extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotYours() {
      super(
          "the status of other clients is not shown on this port (expected: a request on the"
              + " connection of the client's own xDS stream; csds.all_nodes: true in the settings"
              + " shows all clients, and so does the admin port)");
    }
  }

  private ClientStatusResponse response(
      Collection<Client> standings, NodeMatch wanted, boolean contents) {
    var clients = new TreeMap<String, ClientConfig.Builder>();
    var nacks = new HashMap<ClientConfig.Builder, List<Assignment.Refused>>();
    for (var standing : standings) {
      var stream = standing.stream;
      if (wanted.matches(stream.node().getId())) {
        var key = assignment.client(stream);
        var client = clients.computeIfAbsent(key, any -> ClientConfig.newBuilder());
        client.setNode((Node) redaction.redact(stream.node()));
        standing.resources.forEach(one -> client.addGenericXdsConfigs(config(one, contents)));
        nacks.put(client, assignment.refused(stream));
      }
    }
    nacks.forEach((client, refused) -> refused.forEach(one -> mark(client, one)));
    var response = ClientStatusResponse.newBuilder();
    clients.values().forEach(response::addConfig);
    return response.build();
  }

  /** A client that runs an older state because it refused the newest is not in order. */
  private static void mark(ClientConfig.Builder client, Assignment.Refused refused) {
    boolean found = false;
    for (var config : client.getGenericXdsConfigsBuilderList()) {
      if (config.getTypeUrl().equals(refused.type().typeUrl())
          && (refused.name().isEmpty() || config.getName().equals(refused.name()))) {
        mark(config, refused);
        found = true;
      }
    }
    if (!found) {
      var config = client.addGenericXdsConfigsBuilder();
      mark(config.setTypeUrl(refused.type().typeUrl()).setName(refused.name()), refused);
    }
  }

  private static void mark(GenericXdsConfig.Builder config, Assignment.Refused refused) {
    config
        .setConfigStatus(ConfigStatus.ERROR)
        .setClientStatus(ClientResourceStatus.NACKED)
        .setErrorState(
            UpdateFailureState.newBuilder()
                .setDetails(refused.reason())
                .setVersionInfo(refused.version()));
  }

  private GenericXdsConfig config(ResourceStatus status, boolean contents) {
    var config =
        GenericXdsConfig.newBuilder()
            .setTypeUrl(status.type().typeUrl())
            .setName(status.resource().name())
            .setVersionInfo(status.resource().version());
    if (contents && !status.resource().isClaimed()) {
      config.setXdsConfig(
          Any.newBuilder()
              .setTypeUrl(status.type().typeUrl())
              .setValue(this.contents.getUnchecked(status.resource())));
    }
    config.setConfigStatus(configStatus(status)).setClientStatus(clientStatus(status));
    if (status.state() == ResourceStatus.State.NACKED) {
      config.setErrorState(
          UpdateFailureState.newBuilder()
              .setDetails(status.reason())
              .setVersionInfo(status.resource().version()));
    }
    return config.build();
  }

  private ByteString redacted(Versioned one) {
    return redaction.redact(one.resource().message()).toByteString();
  }

  private static ConfigStatus configStatus(ResourceStatus status) {
    return switch (status.state()) {
      case ACKED -> ConfigStatus.SYNCED;
      case SENT -> ConfigStatus.STALE;
      case NACKED -> ConfigStatus.ERROR;
      case NOT_SENT -> ConfigStatus.NOT_SENT;
    };
  }

  private static ClientResourceStatus clientStatus(ResourceStatus status) {
    return switch (status.state()) {
      case ACKED -> ClientResourceStatus.ACKED;
      case SENT, NOT_SENT -> ClientResourceStatus.REQUESTED;
      case NACKED -> ClientResourceStatus.NACKED;
    };
  }
}
