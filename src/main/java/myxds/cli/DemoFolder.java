package myxds.cli;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import myxds.resource.Schema;

/** What the demo writes: one folder, one demo at a time, the resources new at each start. */
final class DemoFolder implements AutoCloseable {
  private final Path root;
  private final FileChannel lock;

  private DemoFolder(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Takes the folder for this process.
   *
   * @throws CannotRun if another demo has it
   */
  static DemoFolder open(Path root) throws IOException, CannotRun {
    Files.createDirectories(root);
    var lock =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = lock.tryLock();
    if (held == null) {
      lock.close();
      throw new CannotRun(CannotRun.MISSING, "another demo is running in " + root);
    }
    return new DemoFolder(root, lock);
  }

  Path config() {
    return root.resolve("config");
  }

  /** The files that people edit. */
  Path node1() {
    return config().resolve("node1");
  }

  Path portsFile() {
    return root.resolve("ports.json");
  }

  Path envoyYaml() {
    return root.resolve("envoy.yaml");
  }

  Path envoyLog() {
    return root.resolve("envoy.log");
  }

  void write(ArticleResources resources) throws IOException {
    clear(config());
    Files.createDirectories(node1());
    Files.writeString(node1().resolve("cluster.yaml"), yaml(resources.cluster()));
    Files.writeString(node1().resolve("listener.yaml"), yaml(resources.listener()));
  }

  void write(EnvoyBootstrap bootstrap) throws IOException {
    Files.writeString(envoyYaml(), bootstrap.yaml());
  }

  /** One resource as a file: its {@code "@type"}, then its fields. */
  static String yaml(Message resource) {
    return YamlText.of(Schema.ofApi().tree(Any.pack(resource)));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
