package myxds;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  Daemon(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
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
      return run(input, start.get(), request.portsFile());
    }
    if (now instanceof Reading.Refused refused) {
      refused.messages().forEach(err::println);
    }
    return WRONG_SETTINGS;
  }

  private int run(SettingsInput input, Start start, @Nullable Path portsFile) {
    try {
      var schema = SchemaFile.read(start.settings().settings().schema());
      return run(input, start, schema, portsFile);
    } catch (IOException e) {
      err.println("my-xds: " + e.getMessage());
      return WRONG_SETTINGS;
    }
  }

  private int run(SettingsInput input, Start start, Schema schema, @Nullable Path portsFile) {
    var settings = start.settings().settings();
    Logging.start(RoomOptions.logFormat(settings));
    logStart(settings);
    var state = settings.state();
    try (var lastGood =
            StateFolder.open(state.folder(), settings.config(), schema, state.secrets());
        var controlPlane =
            new ControlPlane(new LiveSettings(input, start, schema, lastGood), schema, lastGood);
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
    } finally {
      log.atInfo().log("stopped");
    }
  }

  private static void logStart(Settings settings) {
    log.atInfo()
        .addKeyValue("version", ControlPlane.version())
        .addKeyValue("config", settings.config())
        .addKeyValue("pid", ProcessHandle.current().pid())
        .log("started");
  }

  private static String readyLine(Settings settings, Ports ports, int groups) {
    return "ready grpc=%s rest=%s admin=%s groups=%d in=%dms"
        .formatted(
            text(settings.grpc().address(), ports.grpc()),
            text(settings.rest().address(), ports.rest()),
            text(settings.admin().address(), ports.admin()),
            groups,
            ManagementFactory.getRuntimeMXBean().getUptime());
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
