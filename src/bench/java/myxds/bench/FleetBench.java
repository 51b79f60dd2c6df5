package myxds.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import myxds.logging.Logging;

/**
 * What a fleet of many nodes costs: how fast people are answered, how much the ledger keeps, and
 * how long a change takes to reach the last node. Arguments: an Envoy or nothing, and how many
 * nodes, edits and real Envoys; with a fifth it stays until it is ended, to be looked at.
 */
final class FleetBench {
  private static final double MS = 1e6;
  private static final int ASKED = 100;
  private static final List<String> PATHS =
      List.of(
          "/api/v1/nodes",
          "/api/v1/nodes?state=refusing",
          "/api/v1/nodes?q=0999&after=node-05000",
          "/api/v1/groups",
          "/metrics");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder = Files.createTempDirectory("fleet-bench");
  private final Path envoy;
  private final int nodes;
  private final int edits;
  private final int envoys;

  private FleetBench(Path envoy, int nodes, int edits, int envoys) throws IOException {
    this.envoy = envoy;
    this.nodes = nodes;
    this.edits = edits;
    this.envoys = envoys;
  }

  public static void main(String[] words) throws Exception {
    Logging.off();
    int nodes = number(words, 1, 10_000);
    var bench = new FleetBench(Path.of(words[0]), nodes, number(words, 2, 30), number(words, 3, 0));
    bench.run(words.length > 4);
  }

  private static int number(String[] words, int index, int otherwise) {
    return words.length > index ? Integer.parseInt(words[index]) : otherwise;
  }

  private void run(boolean stays) throws Exception {
    var config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(config.resolve("my-xds.yaml"), "default_group: all\n");
    save(config, 0);
    try (var daemon = new LargeDaemon(config, folder.resolve("state"))) {
      var ready = daemon.await(line -> line.startsWith("ready ")).text();
      var admin = "http://127.0.0.1:" + port(ready, "admin");
      long before = heap(daemon, "Total");
      try (var fleet = new FakeFleet(port(ready, "grpc"), nodes, nodes / 100);
          var real = new RealEnvoys(envoy, folder.resolve("envoys"), port(ready, "grpc"), envoys)) {
        until(fleet, nodes);
        System.out.printf("%d nodes, one in a hundred refuses%n", nodes);
        memory(daemon, before);
        awaitInSync(admin, real.count());
        System.out.printf("%-44s %8s %8s %8s%n", "ms", "min", "median", "p99");
        for (var path : PATHS) {
          asked(admin + path, path);
        }
        edited(config, fleet);
        awaitInSync(admin, real.count());
        if (stays) {
          System.out.println("stays until it is ended: " + admin);
          Thread.sleep(Long.MAX_VALUE);
        }
      }
    }
  }

  /** The real ones too. */
  private void awaitInSync(String admin, int envoys) throws Exception {
    var all = "\"in_sync\":" + envoys + ",";
    long begun = System.nanoTime();
    while (!body(admin + "/api/v1/nodes?q=envoy-&limit=1").contains(all)) {
      if (System.nanoTime() - begun > 120e9) {
        throw new IllegalStateException("not all of " + envoys + " Envoys are in sync");
      }
      Thread.sleep(100);
    }
    System.out.printf("%d real Envoys in sync%n", envoys);
  }

  private String body(String url) throws Exception {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  private static void save(Path config, int edit) throws IOException {
    Files.writeString(
        Files.createDirectories(config.resolve("all")).resolve("a.yaml"),
        """
        resources:
        - "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
          name: shop
          connect_timeout: %ds
        - "@type": type.googleapis.com/envoy.config.listener.v3.Listener
          name: web
          address: {socket_address: {address: 127.0.0.1, port_value: 0}}
          filter_chains:
          - filters:
            - name: tcp
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
                stat_prefix: web
                cluster: shop
        """
            .formatted(edit + 1));
  }

  private static int port(String ready, String name) {
    var matcher = Pattern.compile(name + "=\\S+:([0-9]+)").matcher(ready);
    if (!matcher.find()) {
      throw new IllegalStateException(ready + " names no port of " + name);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** All have taken so many clusters. */
  private static void until(FakeFleet fleet, int taken) throws InterruptedException {
    long begun = System.nanoTime();
    while (fleet.taken.get() < taken) {
      if (System.nanoTime() - begun > 120e9) {
        throw new IllegalStateException(fleet.taken.get() + " of " + taken + " were taken");
      }
      Thread.sleep(1);
    }
  }

  private void memory(LargeDaemon daemon, long before) throws Exception {
    long all = heap(daemon, "Total") - before;
    long ledger = heap(daemon, "myxds.fleet.");
    System.out.printf(
        "heap: %.1f KB a node, its connection and streams with it; the ledger's own objects %d"
            + " bytes%n",
        all / 1024.0 / nodes, ledger / nodes);
    System.out.printf("resident: %d MB%n", daemon.memory("VmRSS"));
  }

  /** In bytes, after a collection, what objects of classes that contain this word take. */
  private static long heap(LargeDaemon daemon, String word) throws Exception {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(jcmd, Long.toString(daemon.pid()), "GC.class_histogram").start();
    try (var lines = process.inputReader()) {
      return lines
          .lines()
          .filter(line -> line.contains(word))
          .map(line -> line.strip().split(" +"))
          .mapToLong(parts -> Long.parseLong(parts[2]))
          .sum();
    }
  }

  private void asked(String url, String name) throws Exception {
    var times = new double[ASKED];
    var request = HttpRequest.newBuilder(URI.create(url)).build();
    for (int i = -ASKED; i < ASKED; i++) {
      long begun = System.nanoTime();
      http.send(request, BodyHandlers.ofByteArray());
      if (i >= 0) {
        times[i] = (System.nanoTime() - begun) / MS;
      }
    }
    row(name, times);
  }

  private void edited(Path config, FakeFleet fleet) throws Exception {
    var times = new double[edits];
    for (int i = 0; i < edits; i++) {
      int taken = fleet.taken.get();
      long begun = System.nanoTime();
      save(config, i + 1);
      until(fleet, taken + nodes);
      times[i] = (System.nanoTime() - begun) / MS;
    }
    row("saved → taken by the last node (75 at rest)", times);
  }

  private static void row(String name, double... times) {
    Arrays.sort(times);
    System.out.printf(
        "%-44s %8.1f %8.1f %8.1f%n",
        name, times[0], Round.median(times), times[(int) (times.length * 0.99)]);
  }
}
