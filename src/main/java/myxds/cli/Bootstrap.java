package myxds.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code my-xds bootstrap}: the {@code envoy.yaml} of a node. */
@Command(
    name = "bootstrap",
    description = "Prints an envoy.yaml for a node that my-xds configures.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class Bootstrap implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--node", required = true, paramLabel = "ID", description = "node.id")
  private String node = "";

  @Option(
      names = "--cluster",
      paramLabel = "C",
      description = "node.cluster (${DEFAULT-VALUE})",
      defaultValue = "demo")
  private String cluster = "";

  @Option(
      names = "--xds",
      paramLabel = "HOST:PORT",
      description = "where my-xds listens (127.0.0.1:9002; with --rest 127.0.0.1:9001)",
      converter = HostPort.Converter.class)
  private @Nullable HostPort xds;

  @ArgGroup private Variant variant = new Variant();

  /** How Envoy asks, if not by gRPC with the state of the world. */
  private static final class Variant {
    @Option(names = "--delta", description = "ask by gRPC for changes only")
    private boolean delta;

    @Option(names = "--rest", description = "ask by REST, once a second")
    private boolean rest;
  }

  @Override
  public Integer call() {
    if (node.isBlank() || cluster.isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "Envoy needs a node.id and a node.cluster that are not empty");
    }
    spec.commandLine().getOut().print(bootstrap().yaml());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private EnvoyBootstrap bootstrap() {
    var protocol = protocol();
    var at = xds != null ? xds : new HostPort("127.0.0.1", protocol.usualPort());
    return new EnvoyBootstrap(node, cluster, protocol, at);
  }

  private EnvoyBootstrap.Protocol protocol() {
    if (variant.rest) {
      return EnvoyBootstrap.Protocol.REST;
    }
    return variant.delta ? EnvoyBootstrap.Protocol.DELTA_GRPC : EnvoyBootstrap.Protocol.GRPC;
  }
}
