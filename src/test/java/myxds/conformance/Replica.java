package myxds.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A subject in a JVM of its own that serves {@link Sample#standard} to one group: what is the same
 * here and there does not depend on the process.
 */
final class Replica implements AutoCloseable {
  private final Process process;
  private final int port;

  private Replica(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Replica of(Class<? extends Subject> kind) throws IOException, URISyntaxException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var process =
        new ProcessBuilder(java, "-cp", path, Replica.class.getName(), kind.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      var port = Objects.requireNonNull(out.readLine(), "the replica did not start");
      return new Replica(process, Integer.parseInt(port));
    }
  }

  /** Says its port, then serves until it is ended. */
  public static void main(String... kind) throws Exception {
    var constructor = Class.forName(kind[0]).asSubclass(Subject.class).getDeclaredConstructor();
    try (var subject = constructor.newInstance()) {
      subject.set("replica", Sample.standard());
      System.out.println(subject.port());
      while (System.in.read() >= 0) {}
    }
  }

  /** The node id that it knows. */
  String group() {
    return "replica";
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
