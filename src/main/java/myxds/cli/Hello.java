package myxds.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code my-xds hello}: the demo's hello-service. */
@Command(
    name = "hello",
    description = "Runs the demo's hello-service: /hello answers world.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class Hello implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "where to listen (${DEFAULT-VALUE}; 0: any free)",
      defaultValue = "8080",
      converter = HostPort.PortConverter.class)
  private int port;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "on which address (${DEFAULT-VALUE})",
      defaultValue = "127.0.0.1")
  private String address = "";

  @Override
  public Integer call() throws CannotRun {
    try (var service = start()) {
      var url = "http://%s:%d/hello".formatted(address, service.port());
      spec.commandLine().getOut().println("hello-service answers on " + url);
      while (true) {
        new CountDownLatch(1).await();
      }
    } catch (InterruptedException e) {
      return 0;
    }
  }

  private HelloService start() throws CannotRun {
    try {
      return HelloService.start(new HostPort(address, port));
    } catch (IOException e) {
      throw new CannotRun(
          CannotRun.MISSING,
          "hello-service cannot listen on %s:%d: %s (see --port and --address)"
              .formatted(address, port, e.getMessage()));
    }
  }
}
