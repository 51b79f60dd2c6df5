package myxds.discovery;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.admin.v3.ClientResourceStatus;
import io.envoyproxy.envoy.admin.v3.UpdateFailureState;
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
import myxds.resource.RedactedText;
import myxds.resource.ResourceType;

/** What every connected client was sent and made of it (CSDS), by asking the streams' own loops. */
final class ClientStatuses {
  private final Streams streams;

  private final Assignment assignment;

  ClientStatuses(Streams streams, Assignment assignment) {
    this.streams = streams;
    this.assignment = assignment;
  }

  /** A stream of a client and where it stands. */
  record Client(XdsStream stream, List<ResourceStatus> resources) {}

  /**
   * Returns the clients that the request asks for, each once however many streams it has; clients
   * with one id are told apart by their connections.
   *
   * @throws IllegalArgumentException naming what of the request cannot be answered
   */
  CompletableFuture<ClientStatusResponse> ask(ClientStatusRequest request) {
    var wanted = new NodeMatch(request.getNodeMatchersList());
    boolean contents = !request.getExcludeResourceContents();
    return streams
        .ask(StreamCall::standing)
        .thenApply(standings -> response(standings, wanted, contents));
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
        client.setNode(stream.node());
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

  private static GenericXdsConfig config(ResourceStatus status, boolean contents) {
    var config =
        GenericXdsConfig.newBuilder()
            .setTypeUrl(status.type().typeUrl())
            .setName(status.resource().name())
            .setVersionInfo(status.resource().version());
    // A secret leaves by the way that it was configured for, and by no other.
    if (contents && !status.type().equals(ResourceType.SECRET)) {
      config.setXdsConfig(
          Any.newBuilder()
              .setTypeUrl(status.type().typeUrl())
              .setValue(status.resource().content()));
    }
    config.setConfigStatus(configStatus(status)).setClientStatus(clientStatus(status));
    if (status.state() == ResourceStatus.State.NACKED) {
      config.setErrorState(
          UpdateFailureState.newBuilder()
              .setDetails(RedactedText.of(status.reason()))
              .setVersionInfo(status.resource().version()));
    }
    return config.build();
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
