package myxds.admin;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import myxds.diff.Proposal;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.engine.References;
import myxds.fleet.AwaitedNodes;
import myxds.fleet.Changes;
import myxds.fleet.Fleet;
import myxds.fleet.FleetObserver;
import myxds.fleet.OnNack;
import myxds.port.Connections;
import myxds.port.Limits;
import myxds.port.Port;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.snapshot.Approval;
import myxds.snapshot.KeepsNothing;
import myxds.snapshot.PublishedState;
import org.jspecify.annotations.Nullable;

/** A running admin server, what it is told, and a client of it. */
final class Asking implements AutoCloseable {
  static final Schema SCHEMA = Schema.ofApi();
  private static final AdminServer.Exposition METRICS =
      new AdminServer.Exposition("text/plain; version=0.0.4", () -> "a_meter 1\n");

  final AdminServer server;
  final Changes changes = new Changes(InstantSource.fixed(Sample.NOON));
  final Events events = new Events(InstantSource.fixed(Sample.NOON));
  private final HttpClient client = HttpClient.newHttpClient();

  volatile PublishedState state = PublishedState.NOTHING;
  final Fleet fleet =
      new Fleet(
          new Fleet.Options(
              node -> node.getCluster().isEmpty() ? node.getId() : node.getCluster(),
              group -> new OnNack.Keep(),
              Duration.ofHours(1),
              new KeepsNothing(),
              InstantSource.fixed(Sample.NOON),
              new Fleet.Requests(new References(any -> Set.of()), Duration.ZERO)),
          new FleetObserver() {});
  private final AwaitedNodes awaited =
      new AwaitedNodes(
          () -> fleet,
          new KeepsNothing(),
          new AwaitedNodes.Options(Duration.ofMinutes(2), InstantSource.fixed(Sample.NOON)));

  volatile boolean accepting = true;
  volatile Approval approval = new Approval.NothingHeld("nothing is held");

  /** What was asked to be approved. */
  final List<String> approvals = new CopyOnWriteArrayList<>();

  volatile Proposal proposal = new Proposal.Valid(List.of(), Map.of());
  volatile Documents proposed = new Documents(List.of(), List.of());

  private final AdminServer.Proposing proposing =
      new AdminServer.Proposing() {
        @Override
        public List<Problem> check(Documents documents) {
          proposed = documents;
          return proposal instanceof Proposal.Invalid invalid ? invalid.problems() : List.of();
        }

        @Override
        public Proposal diff(Documents documents) {
          proposed = documents;
          return proposal;
        }
      };

  private final AdminServer.Acting acting =
      new AdminServer.Acting() {
        @Override
        public CompletableFuture<Approval> approve(
            @Nullable String group, @Nullable String version) {
          approvals.add(group + " " + version);
          return CompletableFuture.completedFuture(approval);
        }

        @Override
        public CompletableFuture<Reloaded> reload() {
          return CompletableFuture.completedFuture(
              new Reloaded(List.of(), List.of(), List.of(), state, state));
        }

        @Override
        public List<String> retry(@Nullable String group, @Nullable String node) {
          return fleet.retry(group, node);
        }
      };

  /** The configuration directory. */
  private final Path folder;

  Asking() throws IOException {
    this(Path.of("none"));
  }

  Asking(Path folder) throws IOException {
    this.folder = folder;
    server = on(0);
    server.start();
  }

  /** Another server that is told the same. */
  AdminServer on(int port) {
    return on(port, Set.of());
  }

  /** The same, which answers for these hosts, too. */
  AdminServer on(int port, Set<String> hosts) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var connections = new Connections(Port.ADMIN, Limits.of(5_000), reason -> {});
    var options = new AdminServer.Options(address, connections, hosts);
    return new AdminServer(options, facts(), acting, METRICS);
  }

  /** What is at its paths. */
  Routes routes() {
    return new Routes(facts(), acting, METRICS);
  }

  private AdminServer.Facts facts() {
    return new AdminServer.Facts(
        folder,
        () -> state,
        () -> CompletableFuture.completedFuture(state),
        fleet,
        awaited,
        changes,
        events,
        SCHEMA,
        () -> accepting,
        request -> ClientStatusResponse.getDefaultInstance(),
        proposing);
  }

  /** A node of this group opens a stream. */
  void connect(String id, String group) {
    fleet.requested(Sample.stream(id, group), new Asked(ResourceType.CLUSTER, "", "", List.of()));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  JsonObject json(String path) throws IOException, InterruptedException {
    return JsonParser.parseString(get(path).body()).getAsJsonObject();
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    server.close();
    awaited.close();
  }
}
