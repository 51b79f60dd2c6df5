package myxds.admin;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import myxds.diff.Proposal;
import myxds.fleet.Changes;
import myxds.fleet.Fleet;
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

  /** More wait at the door. */
  private static final int CONNECTIONS = 5_000;

  /** Of a client that has not said all that it has to say; after it its connection is ended. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

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
   * @param accepting whether the xDS ports accept connections now
   */
  public record Facts(
      Path config,
      Supplier<PublishedState> state,
      Fleet fleet,
      Changes changes,
      Events events,
      Schema schema,
      BooleanSupplier accepting,
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

  /** The meters as text, and which kind of text that is. */
  public record Exposition(String contentType, Supplier<String> text) {}

  private final InetSocketAddress address;
  private final Routes routes;
  private final EventStream events;
  private @Nullable WebServer server;

  /**
   * @param address port 0 takes a free one
   */
  public AdminServer(InetSocketAddress address, Facts facts, Acting acting, Exposition metrics) {
    this.address = address;
    this.events = new EventStream(facts.events);
    this.routes = new Routes(facts, acting, metrics);
  }

  /**
   * Binds the port; when it returns, requests are answered.
   *
   * @return the port
   * @throws IOException if the address cannot be listened on; its message names the address; an
   *     {@link InterruptedIOException} if the thread is interrupted
   */
  public synchronized int start() throws IOException {
    probe();
    var started =
        WebServer.builder()
            .bindAddress(address)
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            // The end of a long answer would wait 40 ms for the client's word on its beginning.
            .connectionOptions(socket -> socket.tcpNoDelay(true))
            .maxTcpConnections(CONNECTIONS)
            .idleConnectionTimeout(SILENCE)
            .idleConnectionPeriod(SILENCE.dividedBy(3))
            .routing(routing -> routing.any(this::serve))
            .build();
    try {
      started.start();
    } catch (IllegalStateException e) {
      // Helidon's word for an interrupt, which it swallows.
      throw new InterruptedIOException(e.getMessage());
    }
    // Helidon logs a failed start and returns.
    if (!started.isRunning()) {
      throw new IOException("cannot listen on " + name());
    }
    server = started;
    return started.port();
  }

  /** The port that is bound; -1 when none is. */
  public synchronized int port() {
    return server == null ? -1 : server.port();
  }

  @Override
  public synchronized void close() {
    events.close();
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  /** Helidon keeps the cause of a failed bind to itself: bind once before it, to tell why. */
  private void probe() throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (IOException e) {
      throw new IOException("cannot listen on %s: %s".formatted(name(), e.getMessage()), e);
    }
  }

  private String name() {
    var host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private void serve(ServerRequest request, ServerResponse response) {
    response.header("Cache-Control", "no-store");
    SECURITY.forEach(response::header);
    if (isOfEvents(request) && !isForeign(request) && events.hasRoom()) {
      events.serve(request, response);
      return;
    }
    var reply = unlessModified(request, answer(request));
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
    if (isForeign(request)) {
      return Reply.problem(403, "Forbidden", "a page of another origin may not ask");
    }
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

  /** A browser says for which page it asks; other clients say nothing. */
  private static boolean isForeign(ServerRequest request) {
    var host = request.authority();
    return request
        .headers()
        .first(HeaderNames.ORIGIN)
        .filter(origin -> !origin.endsWith("://" + host))
        .isPresent();
  }

  private static Reply unlessModified(ServerRequest request, Reply reply) {
    var tag = reply.headers().get("ETag");
    var known = request.headers().first(HeaderNames.IF_NONE_MATCH);
    return tag != null && known.filter(tag::equals).isPresent()
        ? new Reply(304, reply.headers(), "")
        : reply;
  }
}
