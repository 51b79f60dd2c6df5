package myxds.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The parts of the demo: started in order, closed in reverse. Owned by the thread that runs it. */
final class DemoRun implements AutoCloseable {
  private static final String LOCAL = "127.0.0.1";

  private final Serving serving;
  private final DemoFolder folder;
  private final Path envoyBinary;
  private final PrintWriter out;
  private final DemoPorts ports;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  DemoRun(Serving serving, DemoFolder folder, Path envoyBinary, PrintWriter out) {
    this.serving = serving;
    this.folder = folder;
    this.envoyBinary = envoyBinary;
    this.out = out;
    this.ports = new DemoPorts(out);
  }

  /**
   * Runs until the thread is interrupted or a part ends by itself.
   *
   * @return which part ended, and how
   * @throws CannotRun if a part cannot start
   * @throws InterruptedException if the thread is told to stop
   */
  CannotRun untilItEnds() throws CannotRun, IOException, InterruptedException {
    int listener = startService();
    var controlPlane = keep(ControlPlaneThread.start(serving, request()));
    var xds = ready(controlPlane);
    int admin = ports.choose("Envoy's admin page", 8081);
    var envoy = keep(startEnvoy(xds, admin));
    var hello = new HelloProbe(listener);
    var ended = CompletableFuture.anyOf(envoy.ended(), controlPlane.ended());
    if (!hello.answers(ended) && !ended.isDone()) {
      throw new CannotRun(
          1, hello + " did not answer \"world\" in time; Envoy's log is " + folder.envoyLog());
    }
    if (!ended.isDone()) {
      out.println(story(hello, xds, admin));
    }
    Awaiting.of(ended);
    return ended(controlPlane, envoy);
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      closeOne(parts.pop());
    }
  }

  /** Starts the hello-service and writes what sends Envoy to it; gives the listener's port. */
  private int startService() throws IOException {
    int port = ports.choose("hello-service", 8080);
    var service = keep(HelloService.start(new HostPort(LOCAL, port)));
    int listener = ports.choose("Envoy's listener", 8000);
    folder.write(new ArticleResources(service.port(), listener));
    return listener;
  }

  private ServeRequest request() throws IOException {
    var flags =
        Map.of(
            "config", folder.config().toString(),
            "grpc.port", Integer.toString(ports.choose("gRPC xDS", 9002)),
            "rest.port", Integer.toString(ports.choose("REST xDS", 9001)),
            "admin.port", Integer.toString(ports.choose("the page", 9003)));
    return new ServeRequest(flags, false, null);
  }

  private static Ports ready(ControlPlaneThread controlPlane)
      throws CannotRun, InterruptedException {
    Awaiting.of(CompletableFuture.anyOf(controlPlane.ready(), controlPlane.ended()));
    if (!controlPlane.ready().isDone()) {
      throw new CannotRun(controlPlane.exitCode(), "the control plane ended before it was ready");
    }
    return controlPlane.ready().resultNow();
  }

  private EnvoyProcess startEnvoy(Ports xds, int admin) throws IOException {
    folder.write(
        new EnvoyBootstrap(
            "node1",
            "demo",
            EnvoyBootstrap.Protocol.GRPC,
            new HostPort(LOCAL, xds.grpc()),
            new HostPort(LOCAL, admin)));
    return EnvoyProcess.start(envoyBinary, folder.envoyYaml(), folder.envoyLog());
  }

  private String story(HelloProbe hello, Ports xds, int admin) {
    return """

    Envoy answers "world", configured by my-xds alone.

      curl %s
      edit and save   %s
      page            http://127.0.0.1:%d
      Envoy           http://127.0.0.1:%d, its log: %s
      stop            Ctrl-C
    """
        .formatted(hello, near(folder.node1()), xds.admin(), admin, near(folder.envoyLog()));
  }

  /** A path as somebody in the working directory would type it. */
  private static Path near(Path path) {
    var here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  /** Ctrl-C in a terminal ends Envoy too, a little before our own thread hears of it. */
  private static CannotRun ended(ControlPlaneThread controlPlane, EnvoyProcess envoy)
      throws IOException, InterruptedException {
    Awaiting.anInterrupt();
    return controlPlane.ended().isDone()
        ? new CannotRun(controlPlane.exitCode(), "the control plane ended")
        : new CannotRun(1, envoy.obituary());
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  private void closeOne(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      out.println("my-xds: while stopping: " + e);
    }
  }
}
