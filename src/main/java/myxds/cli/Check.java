package myxds.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code my-xds check}: what the daemon would say of a directory. */
@Command(
    name = "check",
    description = "Says what the daemon would say of a directory; needs no daemon.",
    footer = {
      "",
      "Exits with 0 if nothing is wrong, 1 if something is, 2 if it cannot be checked."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class Check implements Callable<Integer> {
  private static final int FOUND = 1;
  private static final int NOT_CHECKED = 2;

  private final Checking checking;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "the resources (config)",
      defaultValue = "config")
  private Path directory = Path.of("config");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json, sarif or github (text)",
      defaultValue = "text")
  private CheckFormat format = CheckFormat.TEXT;

  @Option(
      names = "--envoy",
      description = "ask a real Envoy, too: the one that ENVOY names, or the one on the PATH")
  private boolean envoy;

  @Option(
      names = "--bootstrap",
      paramLabel = "FILE",
      description = "the nodes' envoy.yaml: what they have and request by themselves")
  private @Nullable String bootstrap;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "a FileDescriptorSet, for fields that are newer than this program")
  private @Nullable String schema;

  Check(Checking checking) {
    this.checking = checking;
  }

  @Override
  public Integer call() throws CannotRun, InterruptedException {
    var flags = flags();
    var patience = new Patience(this::stillChecking);
    return switch (patience.during(() -> checking.check(flags))) {
      case CheckReport.Checked checked -> report(checked);
      case CheckReport.NotChecked notChecked -> {
        notChecked.reasons().forEach(reason -> error("my-xds: " + reason));
        yield NOT_CHECKED;
      }
    };
  }

  private Map<String, String> flags() throws CannotRun {
    var flags = new HashMap<String, String>();
    flags.put("config", directory.toString());
    if (bootstrap != null) {
      flags.put("bootstrap", bootstrap);
    }
    if (schema != null) {
      flags.put("schema", schema);
    }
    if (envoy) {
      var home = Path.of(System.getProperty("myxds.home", "")).toAbsolutePath();
      flags.put("gate.envoy", EnvoyBinary.find(System.getenv(), home).toString());
    }
    return flags;
  }

  private int report(CheckReport.Checked checked) {
    var out = spec.commandLine().getOut();
    out.print(format.write(checked, new Paths(directory)));
    out.flush();
    long errors = checked.errors();
    error(
        "%s, %s in %s, %s, %s"
            .formatted(
                count(errors, "error"),
                count(checked.problems().size() - errors, "warning"),
                count(checked.files(), "file"),
                count(checked.groups(), "group"),
                count(checked.resources(), "resource")));
    return errors > 0 ? FOUND : 0;
  }

  private static String count(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private void stillChecking() {
    error("my-xds: still checking " + directory);
  }

  private void error(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
