package myxds;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import myxds.LiveSettings.Start;
import myxds.cli.ServeRequest;
import myxds.cli.Serving;
import myxds.logging.Logging;
import myxds.resource.Schema;
import myxds.settings.Reading;
import myxds.settings.Settings;
import myxds.snapshot.state.StateFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings to a running control plane, and its end to an exit code. */
final class Daemon implements Serving {
  private static final Logger log = LoggerFactory.getLogger(Daemon.class);
  private static final int OK = 0;
  private static final int WRONG_SETTINGS = 2;
  private static final int CANNOT_START = 3;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean ownsProcess;

  Daemon(Map<String, String> environment, PrintStream out, PrintStream err) {
    this(environment, out, err, false);
  }

  private Daemon(
      Map<String, String> environment, PrintStream out, PrintStream err, boolean ownsProcess) {
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
    this.ownsProcess = ownsProcess;
  }

  /**
   * Returns the daemon that owns this process: it watches the heap, and ends the process if it
   * must.
   */
  static Daemon ofProcess() {
    return new Daemon(System.getenv(), System.out, System.err, true);
  }

  @Override
  public int serve(ServeRequest request) {
    var input = new SettingsInput(request.flags(), environment);
    var now = input.read();
    if (request.printSettings() && now instanceof Reading.Accepted accepted) {
      out.print(accepted.table());
      return OK;
    }
    var start = request.printSettings() ? Optional.<Start>empty() : LiveSettings.start(input, now);
    if (start.isPresent()) {
      return run(start.get(), request.portsFile());
    }
    if (now instanceof Reading.Refused refused) {
      refused.messages().forEach(err::println);
    }
    return WRONG_SETTINGS;
  }

  private int run(Start start, @Nullable Path portsFile) {
    try {
      var schema = SchemaFile.read(start.settings().settings().schema());
      return run(start, schema, portsFile);
    } catch (IOException e) {
      err.println("my-xds: " + e.getMessage());
      return WRONG_SETTINGS;
    }
  }

  private int run(Start start, Schema schema, @Nullable Path portsFile) {
    var settings = start.settings().settings();
    Logging.start(RoomOptions.logFormat(settings));
    log.atInfo()
        .addKeyValue("version", version())
        .addKeyValue("config", settings.config())
        .addKeyValue("pid", ProcessHandle.current().pid())
        .log("started");
    var failure = new Failure(Thread.currentThread(), ownsProcess);
    if (ownsProcess) {
      Thread.setDefaultUncaughtExceptionHandler(failure::uncaught);
      HeapWatch.start(failure::outOfMemory);
    }
    try {
      int code = serve(start, schema, portsFile, failure);
      return failure.reason().isPresent() ? Failure.EXIT_CODE : code;
    } finally {
      log.atInfo().log("stopped");
    }
  }

  private int serve(Start start, Schema schema, @Nullable Path portsFile, Failure failure) {
    var settings = start.settings().settings();
    var state = settings.state();
    try (var lastGood =
            StateFolder.open(state.folder(), settings.config(), schema, state.secrets());
        var controlPlane =
            new ControlPlane(
                new LiveSettings(start, schema, lastGood), schema, lastGood, failure::report);
        var signals = new Signals()) {
      signals.handle(controlPlane::reload);
      controlPlane.start();
      var ports = controlPlane.openDoors();
      if (portsFile != null) {
        write(ports, portsFile);
      }
      out.println(readyLine(settings, ports, controlPlane.groups()));
      new CountDownLatch(1).await();
      return OK;
    } catch (InterruptedException | InterruptedIOException e) {
      return OK;
    } catch (IOException e) {
      err.println("my-xds: " + e.getMessage());
      return CANNOT_START;
    }
  }

  /** Returns the version of this build. */
  static String version() {
    return Optional.ofNullable(Daemon.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private static String readyLine(Settings settings, Ports ports, int groups) {
    var grpc = text(settings.grpc().address(), ports.grpc());
    var rest = text(settings.rest().address(), ports.rest());
    var admin = text(settings.admin().address(), ports.admin());
    long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
    if (settings.logFormat() == Settings.LogFormat.TEXT) {
      return "ready grpc=%s rest=%s admin=%s groups=%d in=%dms"
          .formatted(grpc, rest, admin, groups, uptime);
    }
    var fields = new LinkedHashMap<String, Object>();
    fields.put("grpc", grpc);
    fields.put("rest", rest);
    fields.put("admin", admin);
    fields.put("groups", groups);
    fields.put("in", uptime);
    return Logging.jsonLine("ready", fields);
  }

  private static String text(String address, int port) {
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }

  /** By a rename, so that who waits for the file never reads half of it. */
  private static void write(Ports ports, Path file) throws IOException {
    var beside = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(beside, ports.json());
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("cannot write the ports to " + file + ": " + e, e);
    }
  }
}
