package myxds.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real Envoy with a bootstrap, in a folder of its own. */
final class RealEnvoy implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final Process process;
  private final Path log;
  private final Path adminAddress;

  private RealEnvoy(Process process, Path log, Path adminAddress) {
    this.process = process;
    this.log = log;
    this.adminAddress = adminAddress;
  }

  /** Starts it; its admin interface is on a free port, whatever the bootstrap says. */
  static RealEnvoy start(String bootstrap, Path folder) throws IOException {
    return start(bootstrap, folder, List.of());
  }

  /** The same, with further arguments. */
  static RealEnvoy start(String bootstrap, Path folder, List<String> more) throws IOException {
    var file = Files.writeString(folder.resolve("envoy.yaml").toAbsolutePath(), bootstrap);
    var log = folder.resolve("envoy.log");
    var adminAddress = folder.resolve("admin-address").toAbsolutePath();
    var command =
        Stream.concat(
                Stream.of(
                    EnvoyBinary.require().toAbsolutePath().toString(),
                    "-c",
                    file.toString(),
                    "--config-yaml",
                    "admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}",
                    "--admin-address-path",
                    adminAddress.toString(),
                    "--use-dynamic-base-id",
                    "--concurrency",
                    "1",
                    "--log-level",
                    "info"),
                more.stream())
            .toList();
    Files.deleteIfExists(adminAddress);
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var envoy = new RealEnvoy(process, log, adminAddress);
    envoy.awaitAdmin();
    return envoy;
  }

  private void awaitAdmin() {
    await()
        .atMost(Duration.ofSeconds(20))
        .failFast("Envoy ended, see " + log, () -> !process.isAlive())
        .until(() -> Files.exists(adminAddress) && Files.size(adminAddress) > 0);
  }

  /** What its admin interface answers. */
  String admin(String path) throws IOException, InterruptedException {
    return get("http://" + Files.readString(adminAddress).strip() + path).body();
  }

  /** The value of a counter or gauge; 0 when it does not exist. */
  long stat(String name) throws IOException, InterruptedException {
    return admin("/stats?filter=^" + name.replace(".", "\\.") + "$")
        .lines()
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  /** Every value of a field in a part of what it says that it runs. */
  List<String> values(String part, String field) throws IOException, InterruptedException {
    return Pattern.compile("\"" + field + "\": \"?([^\",]*)")
        .matcher(admin("/config_dump?resource=" + part))
        .results()
        .map(match -> match.group(1).strip())
        .toList();
  }

  /** Whether it has all that it waited for at its start. */
  boolean isLive() throws IOException, InterruptedException {
    return admin("/ready").strip().equals("LIVE");
  }

  /** The status and body of a request through one of its listeners; status 0 when it refuses. */
  static String through(int port, String path) {
    try {
      var response = get("http://127.0.0.1:" + port + path);
      return response.statusCode() + " " + response.body().strip();
    } catch (IOException e) {
      return "0 " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "0 interrupted";
    }
  }

  private static HttpResponse<String> get(String uri) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(uri.replace("^", "%5E").replace("\\", "%5C")))
            .timeout(Duration.ofSeconds(10))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  /** The last of what it logged: the first hundred lines list what it is built of. */
  String log() {
    try {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
