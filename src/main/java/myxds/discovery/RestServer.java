package myxds.discovery;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import myxds.discovery.RestAnswer.Found;
import myxds.discovery.RestAnswer.Refused;
import myxds.discovery.RestAnswer.Unchanged;
import myxds.port.Connections;
import myxds.port.HttpPort;
import myxds.port.SocketAddresses;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * xDS over REST: {@code POST /v3/discovery:clusters} and its like, a DiscoveryRequest in, a
 * DiscoveryResponse out, both as proto3 JSON. What cannot be answered is told as {@code
 * application/problem+json}.
 */
public final class RestServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RestServer.class);

  private final Options options;
  private final Schema schema;
  private final RestFetch fetch;
  private final Function<ClientStatusRequest, ClientStatusResponse> statuses;
  private final HttpPort server;

  /**
   * What the server needs to know.
   *
   * @param address where to listen; port 0 is any free one
   * @param connections counts and limits the port's connections
   * @param maxRequestBytes a larger body is answered with 413
   * @param allNodes whether the status of clients is shown; a REST client has none of its own
   */
  public record Options(
      InetSocketAddress address, Connections connections, int maxRequestBytes, boolean allNodes) {}

  /**
   * Whom the server asks.
   *
   * @param snapshots what a node is served now; empty when its group has nothing
   * @param statuses what clients made of what they were sent; an IllegalArgumentException names
   *     what of a request cannot be answered
   */
  public record Sources(
      Function<Node, Optional<GroupSnapshot>> snapshots,
      Function<ClientStatusRequest, ClientStatusResponse> statuses) {}

  public RestServer(Options options, Sources sources, Schema schema, DiscoveryObserver observer) {
    this.options = options;
    this.schema = schema;
    this.statuses = sources.statuses;
    this.fetch =
        new RestFetch(
            new Fetch(sources.snapshots), schema, DiscoveryObserver.all(List.of(observer)));
    this.server = new HttpPort(options.address, options.connections, this::serve);
  }

  /**
   * Listens.
   *
   * @return the port
   * @throws IOException naming the address if it cannot be had
   */
  public int start() throws IOException {
    return server.start();
  }

  /** Tells early what {@link #start} would stumble over. */
  public void ensureFree() throws IOException {
    SocketAddresses.ensureFree(options.address);
  }

  /** The port that it listens on; -1 when it does not. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }

  private void serve(ServerRequest request, ServerResponse response) {
    switch (answer(new RestRequest(request))) {
      case Found found -> response.header(HeaderValues.CONTENT_TYPE_JSON).send(utf8(found.json()));
      case Unchanged unchanged -> response.status(Status.NOT_MODIFIED_304).send();
      case Refused refused -> refuse(refused, response);
    }
  }

  private RestAnswer answer(RestRequest request) {
    var refusal = request.refusal(options.maxRequestBytes);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return switch (RestBody.of(request, options.maxRequestBytes)) {
      case RestBody.Whole(var text) -> answer(request, text);
      case RestBody.TooLarge() -> RestRequest.tooLarge(options.maxRequestBytes);
      case RestBody.Broken() -> RestBody.BROKEN;
    };
  }

  private RestAnswer answer(RestRequest request, String body) {
    try {
      var type = request.type();
      return type.isPresent() ? fetch.answer(type.get(), body, request.address()) : status(body);
    } catch (RuntimeException e) {
      log.atError().addKeyValue("path", request.path()).setCause(e).log("fetch failed");
      return new Refused(500, "the request could not be processed");
    }
  }

  private RestAnswer status(String body) {
    if (!options.allNodes) {
      return new Refused(
          403,
          "the status of clients is not shown on this port (expected: csds.all_nodes: true in the"
              + " settings, or the same request to the admin port)");
    }
    var request = ClientStatusRequest.newBuilder();
    try {
      schema.mergeLeniently(body.isBlank() ? "{}" : body, request);
      return new Found(schema.json(statuses.apply(request.build())));
    } catch (InvalidProtocolBufferException e) {
      return new Refused(400, "the body is not a ClientStatusRequest as JSON: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return new Refused(400, String.valueOf(e.getMessage()));
    }
  }

  private void refuse(Refused refused, ServerResponse response) {
    var status = Status.create(refused.status());
    response.status(status).header(HeaderNames.CONTENT_TYPE, "application/problem+json");
    if (refused.status() == 405) {
      response.header(HeaderNames.ALLOW, "POST");
    }
    if (refused.status() == 413 || refused.equals(RestBody.BROKEN)) {
      // Nobody reads what remains of the body, so no other request can follow it.
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    response.send(utf8(problem(status, refused.detail())));
  }

  private String problem(Status status, String detail) {
    return "{\"title\":%s,\"status\":%d,\"detail\":%s}\n"
        .formatted(quoted(status.reasonPhrase()), status.code(), quoted(detail));
  }

  /** JSON's own escapes, from whom knows them. */
  private String quoted(String text) {
    return schema.json(StringValue.of(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
