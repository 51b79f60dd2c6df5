package myxds.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import myxds.gate.Bootstrap;
import myxds.gate.Candidate;
import myxds.gate.Gate;
import myxds.gate.envoy.EnvoyValidation;
import myxds.resource.Problem;
import myxds.resource.Schema;
import myxds.source.file.FileSource;

/** How long it takes to judge what people write: many clusters, a small directory, one edit. */
final class GateBench {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "rounds",
          "20",
          "clusters",
          "10000",
          "groups",
          "100",
          "files",
          "10",
          "resources",
          "100",
          "edits",
          "50",
          "envoy",
          "");
  private static final Pattern TOOK = Pattern.compile(" published group=(\\S+) .*in=([0-9]+)ms");
  private static final long NANOS = 1_000_000;

  private final Map<String, String> plan = new HashMap<>(DEFAULTS);
  private final Path folder;
  private final Schema schema = Schema.ofApi();

  private GateBench(List<String> words) throws IOException {
    for (var word : words) {
      var parts = word.split("=", 2);
      if (parts.length != 2 || plan.replace(parts[0], parts[1]) == null) {
        throw new IllegalArgumentException(word + " (expected: name=value, of " + plan.keySet());
      }
    }
    this.folder = Files.createTempDirectory("gate-bench");
  }

  public static void main(String[] words) throws Exception {
    var bench = new GateBench(List.of(words));
    try {
      System.out.printf("%-58s %8s %8s %8s%n", "ms", "min", "median", "max");
      bench.check();
      bench.start();
      bench.large();
    } finally {
      remove(bench.folder);
    }
  }

  /** Many clusters: by us, warm; and by a real Envoy. */
  private void check() throws Exception {
    int clusters = number("clusters");
    var config = Content.clusters(folder.resolve("clusters"), 100, clusters);
    for (int i = 0; i < 5; i++) {
      judged(config);
    }
    var times = new double[number("rounds")];
    for (int i = 0; i < times.length; i++) {
      long begun = System.nanoTime();
      judged(config);
      times[i] = since(begun);
    }
    row("%d clusters in 100 files, read and judged, warm".formatted(clusters), times);
    if (!text("envoy").isEmpty()) {
      var envoy =
          new EnvoyValidation(Path.of(text("envoy")), EnvoyValidation.LIMIT, schema, Set.of());
      var group = Objects.requireNonNull(judged(config).get("node1"));
      var asked = new double[3];
      for (int i = 0; i < asked.length; i++) {
        long begun = System.nanoTime();
        sound(envoy.of(group, "version" + i));
        asked[i] = since(begun);
      }
      row("the same, asked of envoy --mode validate", asked);
    }
  }

  private Map<String, Candidate> judged(Path config) throws IOException {
    var judgement = new Gate(schema, Bootstrap.UNKNOWN).judge(FileSource.read(config));
    sound(judgement.problems());
    return judgement.groups();
  }

  private static void sound(List<Problem> problems) {
    problems.stream()
        .filter(Problem::isError)
        .findFirst()
        .ifPresent(problem -> {
          throw new IllegalStateException(problem.toString());
        });
  }

  /** The command, as it is typed. */
  private void start() throws Exception {
    var command = List.of("./my-xds", "check", "config");
    run(command);
    var times = new double[number("rounds")];
    for (int i = 0; i < times.length; i++) {
      long begun = System.nanoTime();
      run(command);
      times[i] = since(begun);
    }
    row("./my-xds check config, the whole process", times);
  }

  private static void run(List<String> command) throws Exception {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " ended with " + process.exitValue());
    }
  }

  /** A large set: to load it, to serve it, to change one file of it. */
  private void large() throws Exception {
    int groups = number("groups");
    int files = number("files");
    int resources = number("resources");
    var config = Content.groups(folder.resolve("large"), groups, files, resources);
    var what = "%d resources in %d files".formatted(groups * files * resources, groups * files);

    run(List.of("./my-xds", "--version"));
    long begun = System.nanoTime();
    try (var daemon = new LargeDaemon(config, folder.resolve("state"))) {
      daemon.await(line -> line.startsWith("ready "));
      row(what + ": started and ready", since(begun));
      memory(daemon);
      edits(daemon, config, new Random(1));
      memory(daemon);
    }
    begun = System.nanoTime();
    try (var daemon = new LargeDaemon(config, folder.resolve("state"))) {
      daemon.await(line -> line.startsWith("ready "));
      row("  started again, with its last good states", since(begun));
    }
    var anew = new double[3];
    for (int i = 0; i < anew.length; i++) {
      begun = System.nanoTime();
      judged(config);
      anew[i] = since(begun);
    }
    row("  all read and judged anew: what one change would cost", anew);
  }

  private static void memory(LargeDaemon daemon) throws IOException {
    System.out.printf(
        "%-58s %8d MB, at most %d MB%n",
        "  resident", daemon.memory("VmRSS"), daemon.memory("VmHWM"));
  }

  private void edits(LargeDaemon daemon, Path config, Random random) throws Exception {
    int warmup = 20;
    var whole = new double[number("edits")];
    var took = new double[whole.length];
    for (int i = -warmup; i < whole.length; i++) {
      int group = random.nextInt(number("groups"));
      int file = random.nextInt(number("files"));
      long saved = Content.edit(config, group, file, number("resources"), 10 + i + warmup);
      var line = daemon.await(text -> text.contains(" published group=g" + group + " "));
      if (i >= 0) {
        whole[i] = (double) (line.nanos() - saved) / NANOS;
        var in = TOOK.matcher(line.text());
        took[i] = in.find() ? Double.parseDouble(in.group(2)) : Double.NaN;
      }
    }
    row("  one file saved → published (75 ms of it at rest)", whole);
    row("  of that from noticed to published", took);
  }

  private static double since(long begun) {
    return (double) (System.nanoTime() - begun) / NANOS;
  }

  private static void row(String what, double... times) {
    Arrays.sort(times);
    System.out.printf(
        "%-58s %8.0f %8.0f %8.0f%n", what, times[0], Round.median(times), times[times.length - 1]);
  }

  private String text(String name) {
    return plan.getOrDefault(name, "");
  }

  private int number(String name) {
    return Integer.parseInt(text(name));
  }

  private static void remove(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
