package myxds.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code my-xds serve}: the daemon. */
@Command(
    name = "serve",
    description = "Runs the daemon until it is told to stop.",
    footer = {
      "",
      "More settings stand in DIR/my-xds.yaml (grpc.gate_timeout) or in the environment",
      "(MYXDS_GRPC_GATE_TIMEOUT); --print-settings lists them all."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class Serve implements Callable<Integer> {
  private final Serving serving;

  @Option(names = "--grpc-port", paramLabel = "PORT", description = "gRPC xDS (9002; 0: any free)")
  private @Nullable String grpcPort;

  @Option(names = "--rest-port", paramLabel = "PORT", description = "REST xDS (9001; 0: any free)")
  private @Nullable String restPort;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      description = "page, API, health, metrics (9003; 0: any free)")
  private @Nullable String adminPort;

  @Option(names = "--config", paramLabel = "DIR", description = "the resources (config)")
  private @Nullable String config;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "a FileDescriptorSet, for fields that are newer than this program")
  private @Nullable String schema;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "what was published last, for the next start (.my-xds)")
  private @Nullable String state;

  @Option(
      names = "--bootstrap",
      paramLabel = "FILE",
      description = "the nodes' envoy.yaml: what they have of their own")
  private @Nullable String bootstrap;

  @Option(names = "--log-format", paramLabel = "FORMAT", description = "text or json (text)")
  private @Nullable String logFormat;

  @Option(
      names = "--ports-file",
      paramLabel = "FILE",
      description = "write the ports here once they accept connections")
  private @Nullable Path portsFile;

  @Option(
      names = "--print-settings",
      description = "show every setting and where its value came from, and end")
  private boolean printSettings;

  Serve(Serving serving) {
    this.serving = serving;
  }

  @Override
  public Integer call() {
    return serving.serve(new ServeRequest(flags(), printSettings, portsFile));
  }

  private Map<String, String> flags() {
    var flags = new HashMap<String, String>();
    put(flags, "grpc.port", grpcPort);
    put(flags, "rest.port", restPort);
    put(flags, "admin.port", adminPort);
    put(flags, "config", config);
    put(flags, "schema", schema);
    put(flags, "state", state);
    put(flags, "bootstrap", bootstrap);
    put(flags, "log.format", logFormat);
    return flags;
  }

  private static void put(Map<String, String> flags, String key, @Nullable String typed) {
    if (typed != null) {
      flags.put(key, typed);
    }
  }
}
