package myxds.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code my-xds demo}: the whole system on this machine. */
@Command(
    name = "demo",
    description = "Runs a control plane, a hello-service and a real Envoy on this machine.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class Demo implements Callable<Integer> {
  private final Class<?> main;

  @Spec private CommandSpec spec = CommandSpec.create();

  Demo(Class<?> main) {
    this.main = main;
  }

  @Override
  public Integer call() throws CannotRun, IOException {
    var home = Path.of(System.getProperty("myxds.home", "")).toAbsolutePath();
    var envoy = EnvoyBinary.find(System.getenv(), home);
    var out = spec.commandLine().getOut();
    try (var folder = DemoFolder.open(home.resolve(".demo"));
        var run = new DemoRun(main, folder, envoy, out)) {
      throw run.untilItEnds();
    } catch (InterruptedException e) {
      return 0;
    }
  }
}
