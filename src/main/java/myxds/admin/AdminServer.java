package myxds.admin;

import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import myxds.diff.Proposal;
import myxds.fleet.AwaitedNodes;
import myxds.fleet.Changes;
import myxds.fleet.Fleet;
import myxds.port.Connections;
import myxds.port.HttpPort;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.resource.Schema;
import myxds.snapshot.Approval;
import myxds.snapshot.PublishedState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The people's port: health, meters, the API and the page. It answers each request on a virtual
 * thread of its own from one immutable state.
 */
public final class AdminServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);

  /** The page has no inline script or style, and nothing comes from another host. */
  static final Map<String, String> SECURITY =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer");

  /**
   * What people may ask of the daemon; each is asked for anew at every request, on the request's
   * own thread.
   *
   * @param config the configuration directory, to show lines of its files
   * @param fleet the nodes, and what each is served
   * @param changes what was published lately
   * @param events what happened lately
   * @param fresh reads the source now; completes with the state in which what it holds was judged
   * @param awaited the nodes that have not come back since the last start
   * @param accepting whether the xDS ports accept connections now
   * @param clientStatus the status of connected clients (CSDS), without secrets; an
   *     IllegalArgumentException names what of a request cannot be answered
   */
  public record Facts(
      Path config,
      Supplier<PublishedState> state,
      Supplier<CompletableFuture<PublishedState>> fresh,
      Fleet fleet,
      AwaitedNodes awaited,
      Changes changes,
      Events events,
      Schema schema,
      BooleanSupplier accepting,
      Function<ClientStatusRequest, ClientStatusResponse> clientStatus,
      Proposing proposing) {}

  /** What would become of documents that are not published. */
  public interface Proposing {

    /** What is wrong with them. */
    List<Problem> check(Documents documents);

    /** What publishing them would change. */
    Proposal diff(Documents documents);
  }

  /** What people may do. */
  public interface Acting {

    /**
     * Publishes what is held.
     *
     * @param group null for every one
     * @param version null for whatever is held
     */
    CompletableFuture<Approval> approve(@Nullable String group, @Nullable String version);

    /** Reads the settings and the source now; completes when what they hold was judged. */
    CompletableFuture<Reloaded> reload();

    /**
     * Offers again what nodes refused.
     *
     * @param group null for every one
     * @param node its id; null for every one
     * @return the ids of those nodes; empty when nothing was refused
     */
    List<String> retry(@Nullable String group, @Nullable String node);
  }

  /**
   * The address that the server listens on, and the hosts that it answers for.
   *
   * @param address port 0 takes a free one
   * @param connections counts and limits the port's connections
   * @param hosts what the Host header may be, besides localhost and the address; {@code *} is any
   */
  public record Options(InetSocketAddress address, Connections connections, Set<String> hosts) {

    public Options {
      hosts = Set.copyOf(hosts);
    }
  }

  /** The meters as text, and which kind of text that is. */
  public record Exposition(String contentType, Supplier<String> text) {}

  private final AllowedHosts hosts;
  private final Routes routes;
  private final EventStream events;
  private final HttpPort server;

  public AdminServer(Options options, Facts facts, Acting acting, Exposition metrics) {
    this.hosts = new AllowedHosts(options.address, options.hosts);
    this.events = new EventStream(facts.events);
    this.routes = new Routes(facts, acting, metrics);
    this.server = new HttpPort(options.address, options.connections, this::serve);
  }

  /**
   * Binds the port; when it returns, requests are answered.
   *
   * @return the port
   * @throws IOException if the address cannot be listened on; its message names the address
   */
  public int start() throws IOException {
    return server.start();
  }

  /** The port that is bound; -1 when none is. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    events.close();
    server.close();
  }

  private void serve(ServerRequest request, ServerResponse response) {
    response.header("Cache-Control", "no-store");
    SECURITY.forEach(response::header);
    var refusal = hosts.refusal(request);
    if (refusal.isEmpty() && isOfEvents(request) && events.hasRoom()) {
      events.serve(request, response);
      return;
    }
    var reply = refusal.orElseGet(() -> unlessModified(request, answer(request)));
    response.status(reply.status());
    reply.headers().forEach(response::header);
    response.send(reply.body().getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isOfEvents(ServerRequest request) {
    return request.path().rawPathNoParams().equals(Routes.EVENTS)
        && request.prologue().method().text().equals("GET");
  }

  private Reply answer(ServerRequest request) {
    var path = request.path().rawPathNoParams();
    try {
      return switch (Body.of(request, routes.maxBody(path))) {
        case Body.Whole(byte[] body) -> {
          var method = request.prologue().method().text();
          yield routes.answer(method, path, new Ask(List.of(), query(request)), body);
        }
        case Body.Refused(var reply) -> reply;
      };
    } catch (RuntimeException e) {
      log.atError().addKeyValue("path", path).setCause(e).log("failed to answer");
      return Reply.problem(500, "Internal Server Error", "the log says what went wrong");
    }
  }

  private static Map<String, String> query(ServerRequest request) {
    var query = new HashMap<String, String>();
    request.query().toMap().forEach((name, values) -> query.put(name, values.getLast()));
    return query;
  }

  private static Reply unlessModified(ServerRequest request, Reply reply) {
    var tag = reply.headers().get("ETag");
    var known = request.headers().first(HeaderNames.IF_NONE_MATCH);
    return tag != null && known.filter(tag::equals).isPresent()
        ? new Reply(304, reply.headers(), "")
        : reply;
  }
}
