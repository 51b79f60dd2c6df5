package myxds.cli;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code my-xds [COMMAND] [OPTION…]}. */
public final class Commands {
  private static final Set<String> ASKED_OF_ALL = Set.of("--help", "-h", "--version", "-V");

  /** A fault of the program itself, as sysexits.h has it: 1 is what many commands found. */
  private static final int OWN_FAULT = 70;

  private Commands() {}

  /** What the commands run in this process. */
  public record Parts(Serving serving, Checking checking, Watching watching) {}

  /**
   * Runs what was typed, until it is done or the process is told to stop: SIGTERM and Ctrl-C
   * interrupt the calling thread, and the process ends with the code that the command returns then.
   *
   * @param main the program's main class, of which the demo runs a second process
   * @return the exit code: 0 fine, 1 it failed, 2 wrong usage, 3 something that is needed, such as
   *     a port, cannot be had, 70 a fault of the program itself
   */
  public static int run(Class<?> main, String[] args, Parts parts) {
    return UntilStopped.run(() -> commandLine(main, parts).execute(orServe(args)));
  }

  static CommandLine commandLine(Class<?> main, Parts parts) {
    return new CommandLine(new Root())
        .addSubcommand(new Serve(parts.serving))
        .addSubcommand(new Check(parts.checking))
        .addSubcommand(new Diff())
        .addSubcommand(new Approve())
        .addSubcommand(new Status())
        .addSubcommand(new Wait())
        .addSubcommand(new Reload())
        .addSubcommand(new Retry())
        .addSubcommand(new Groups())
        .addSubcommand(new SnapshotOf())
        .addSubcommand(new Watch(parts.watching))
        .addSubcommand(new Bootstrap())
        .addSubcommand(new Hello())
        .addSubcommand(new Demo(main))
        .addSubcommand(new Completion())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Commands::misused)
        .setExecutionExceptionHandler(Commands::failed);
  }

  /** Without a command it is {@code serve} that is meant. */
  static String[] orServe(String... args) {
    boolean named = args.length > 0 && (!args[0].startsWith("-") || ASKED_OF_ALL.contains(args[0]));
    return named
        ? args
        : Stream.concat(Stream.of("serve"), Arrays.stream(args)).toArray(String[]::new);
  }

  private static int misused(CommandLine.ParameterException e, String[] args) {
    var command = e.getCommandLine();
    command.getErr().println("my-xds: " + e.getMessage());
    command.usage(command.getErr());
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (e instanceof CannotRun reason) {
      command.getErr().println("my-xds: " + reason.getMessage());
      return reason.exitCode();
    }
    e.printStackTrace(command.getErr());
    return OWN_FAULT;
  }

  @Command(
      name = "my-xds",
      description = "An xDS control plane: serves a directory of Envoy resources to Envoys.",
      footer = {"", "Without a command it serves: my-xds [OPTION…] is my-xds serve [OPTION…]."},
      synopsisSubcommandLabel = "COMMAND",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  private static final class Root {}
}
