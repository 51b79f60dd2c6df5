package myxds.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
      description = {
        "where my-xds listens (127.0.0.1:9002; with --rest 127.0.0.1:9001);",
        "give it several times for replicas: Envoy uses the first healthy one"
      },
      converter = HostPort.Converter.class)
  private List<HostPort> xds = List.of();

  @Option(
      names = "--per-type",
      description = "one stream for each resource type, instead of one for all (ADS)")
  private boolean perType;

  @ArgGroup private Variant variant = new Variant();

  /** The variants besides gRPC with the state of the world. */
  private static final class Variant {
    @Option(names = "--delta", description = "request changes only (delta xDS)")
    private boolean delta;

    @Option(names = "--rest", description = "poll over REST once a second, each type by itself")
    private boolean rest;
  }

  @Override
  public Integer call() {
    if (node.isBlank() || cluster.isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "Envoy needs a node.id and a node.cluster that are not empty");
    }
    if (Set.copyOf(xds).size() < xds.size()) {
      throw new ParameterException(
          spec.commandLine(), "an address stands twice in --xds (expected: each replica once)");
    }
    spec.commandLine().getOut().print(bootstrap().yaml());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private EnvoyBootstrap bootstrap() {
    var protocol = protocol();
    var servers = xds.isEmpty() ? List.of(new HostPort("127.0.0.1", protocol.usualPort())) : xds;
    return new EnvoyBootstrap(node, cluster, protocol, servers);
  }

  private EnvoyBootstrap.Protocol protocol() {
    if (variant.rest) {
      return EnvoyBootstrap.Protocol.REST;
    }
    if (perType) {
      return variant.delta ? EnvoyBootstrap.Protocol.DELTA_GRPC : EnvoyBootstrap.Protocol.GRPC;
    }
    return variant.delta ? EnvoyBootstrap.Protocol.DELTA_ADS : EnvoyBootstrap.Protocol.ADS;
  }
}
