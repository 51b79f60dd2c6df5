package myxds.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The parts of the demo: started in order, closed in reverse. Owned by the thread that runs it. */
final class DemoRun implements AutoCloseable {
  private static final String LOCAL = "127.0.0.1";

  private final Class<?> main;
  private final DemoFolder folder;
  private final Path envoyBinary;
  private final PrintWriter out;
  private final DemoPorts ports;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** The control plane's ports. */
  private record Ports(int grpc, int rest, int admin) {}

  DemoRun(Class<?> main, DemoFolder folder, Path envoyBinary, PrintWriter out) {
    this.main = main;
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
    var xds = choosePorts();
    var controlPlane = keep(ControlPlaneProcess.start(main, folder.portsFile(), options(xds)));
    controlPlane.awaitReady();
    int admin = ports.choose("Envoy's admin page", 8081);
    var envoy = keep(startEnvoy(xds, admin));
    var hello = new HelloProbe(listener);
    if (hello.answers(envoy.ended())) {
      out.println(story(hello, xds, controlPlane.pid()));
    } else if (!envoy.ended().isDone()) {
      throw new CannotRun(
          1, hello + " did not answer \"world\" in time; Envoy's log is " + folder.envoyLog());
    }
    await(CompletableFuture.anyOf(envoy.ended(), controlPlane.ended()));
    if (!envoy.ended().isDone()) {
      out.println("The control plane ended. Envoy keeps what it runs; Ctrl-C stops it.");
    }
    await(envoy.ended());
    return new CannotRun(1, envoy.obituary());
  }

  /** Ctrl-C in a terminal ends the children too, a little before our own thread hears of it. */
  private static void await(CompletableFuture<?> end) throws InterruptedException {
    Awaiting.of(end);
    Awaiting.anInterrupt();
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

  private Ports choosePorts() throws IOException {
    return new Ports(
        ports.choose("gRPC xDS", 9002),
        ports.choose("REST xDS", 9001),
        ports.choose("the page", 9003));
  }

  private Map<String, String> options(Ports xds) {
    return Map.of(
        "--config", folder.config().toString(),
        "--grpc-port", Integer.toString(xds.grpc()),
        "--rest-port", Integer.toString(xds.rest()),
        "--admin-port", Integer.toString(xds.admin()));
  }

  private EnvoyProcess startEnvoy(Ports xds, int admin) throws IOException {
    folder.write(
        new EnvoyBootstrap(
            "node1",
            "demo",
            EnvoyBootstrap.Protocol.ADS,
            List.of(new HostPort(LOCAL, xds.grpc())),
            new HostPort(LOCAL, admin)));
    return EnvoyProcess.start(envoyBinary, folder.envoyYaml(), folder.envoyLog());
  }

  private String story(HelloProbe hello, Ports xds, long controlPlane) {
    return """

    Envoy answers "world", configured by my-xds alone.

      curl %s
      edit and save   %s
      page            http://127.0.0.1:%d
      Envoy's log     %s
      stop            Ctrl-C; only the control plane: kill %d
    """
        .formatted(hello, near(folder.node1()), xds.admin(), near(folder.envoyLog()), controlPlane);
  }

  /** A path as somebody in the working directory would type it. */
  private static Path near(Path path) {
    var here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
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
