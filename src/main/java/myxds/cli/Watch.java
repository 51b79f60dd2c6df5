package myxds.cli;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import myxds.resource.ResourceType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code my-xds watch}: what a server tells a node. */
@Command(
    name = "watch",
    description = "Asks an xDS server as an Envoy does, prints each response and takes it (ACK).",
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:stopped by Ctrl-C, or after --count responses",
      "2:wrong usage, or no server that answers"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class Watch implements Callable<Integer> {
  private final Watching watching;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "TYPE",
      description =
          "clusters, endpoints, listeners, routes, scoped-routes, virtual-hosts, secrets, runtime,"
              + " extension-configs, lb-endpoints or a type URL",
      converter = TypeWord.class)
  private ResourceType type = ResourceType.CLUSTER;

  @Option(names = "--node", required = true, paramLabel = "ID", description = "node.id to ask as")
  private String node = "";

  @Option(names = "--delta", description = "ask for changes only")
  private boolean delta;

  @Option(
      names = "--names",
      paramLabel = "NAME",
      split = ",",
      description = "only these, parted by commas (all)")
  private List<String> names = List.of();

  @Option(
      names = "--xds",
      paramLabel = "HOST:PORT",
      description = "the server's gRPC port (${DEFAULT-VALUE})",
      defaultValue = "127.0.0.1:9002",
      converter = HostPort.Converter.class)
  private HostPort xds = new HostPort("127.0.0.1", 9002);

  @Option(names = "--count", paramLabel = "N", description = "end after so many responses (never)")
  private long count = Long.MAX_VALUE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or json, an object a line (table)")
  private Output output = Output.TABLE;

  Watch(Watching watching) {
    this.watching = watching;
  }

  @Override
  public Integer call() throws CannotRun {
    var wish = wish();
    var print = new WatchOutput(type, output, spec.commandLine().getOut(), count);
    try {
      new WatchLoop(watching, wish, print, spec.commandLine().getErr()).run();
      return 0;
    } catch (InterruptedException e) {
      // Ctrl-C is how it ends.
      return 0;
    }
  }

  private Watching.Wish wish() {
    if (node.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--node must not be empty");
    }
    if (names.stream().anyMatch(String::isBlank)) {
      throw new ParameterException(spec.commandLine(), "a name in --names must not be empty");
    }
    if (count < 1) {
      throw new ParameterException(
          spec.commandLine(), "--count: %d (expected: at least 1)".formatted(count));
    }
    var server = InetSocketAddress.createUnresolved(xds.host(), xds.port());
    return new Watching.Wish(server, node, type, delta, names);
  }
}
