package myxds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code my-xds} in a tree of its own, on the JDK of the test. */
final class LauncherTest {
  private static final Instant BUILT = Instant.parse("2026-01-02T03:04:05Z");
  private static final String REFUSED = "the JVM does not accept the cache for fast starts";
  private static final String PREPARING = "preparing for fast starts";

  @TempDir Path folder;
  private Path tree;

  private record Ran(String err, boolean isFast) {}

  @BeforeEach
  void build() throws Exception {
    tree = Files.createDirectories(folder.resolve("tree"));
    Files.copy(Path.of("my-xds"), tree.resolve("my-xds"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(tree.resolve("src/main"));
    Files.createDirectories(tree.resolve("target/lib"));
    Files.createDirectories(tree.resolve("config/all"));
    Files.writeString(tree.resolve("pom.xml"), "<project/>");
    Files.writeString(
        tree.resolve("config/all/cluster.yaml"),
        """
        "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: a
        """);
    jar(tree.resolve("target/my-xds.jar"));
    date(tree);
  }

  @Test
  void makesItsCacheOnce() throws Exception {
    var first = run(tree);
    var second = run(tree);

    assertThat(first.err).contains(PREPARING).doesNotContain(REFUSED);
    assertThat(first.isFast).isTrue();
    assertThat(second).isEqualTo(new Ran("", true));
  }

  @Test
  void makesTheCacheOfACopyAgainAndSaysWhy() throws Exception {
    run(tree);
    var copy = copy("copy");

    var first = run(copy);
    var second = run(copy);

    assertThat(first.err).contains(REFUSED, "timestamp has changed", PREPARING);
    assertThat(first.isFast).isTrue();
    assertThat(second).isEqualTo(new Ran("", true));
  }

  @Test
  void takesTheCacheOfACopyThatKeptItsTimestamps() throws Exception {
    run(tree);
    var copy = copy("copy", StandardCopyOption.COPY_ATTRIBUTES);

    assertThat(run(copy)).isEqualTo(new Ran("", true));
  }

  @Test
  void noticesAJarThatWasTouched() throws Exception {
    run(tree);
    var jar = tree.resolve("target/my-xds.jar");
    Files.setLastModifiedTime(jar, FileTime.from(BUILT.plusSeconds(60)));

    assertThat(run(tree).err).contains(REFUSED, "timestamp has changed", PREPARING);
    assertThat(run(tree).err).isEmpty();
  }

  @Test
  void saysThatItCannotMakeACache() throws Exception {
    Files.writeString(tree.resolve("target/aot"), "not a folder");

    var ran = run(tree);

    assertThat(ran.err).contains("starts take longer", "target/aot cannot be written");
  }

  private Ran run(Path home) throws IOException, InterruptedException {
    var loaded = folder.resolve("loaded");
    var builder = new ProcessBuilder(home.resolve("my-xds").toString(), "check", home + "/config");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);
    var err = folder.resolve("err");
    var process =
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(err.toFile()).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    var said = Files.readString(err).lines().filter(LauncherTest::isOfLauncher).toList();
    var classes = Files.readAllLines(loaded);
    return new Ran(
        String.join("\n", said),
        classes.stream()
            .anyMatch(line -> line.contains(" myxds.Main source: shared objects file")));
  }

  private static boolean isOfLauncher(String line) {
    return line.contains("fast starts") || line.contains("starts take longer");
  }

  private Path copy(String name, CopyOption... options) throws IOException {
    var copy = folder.resolve(name);
    try (var files = Files.walk(tree)) {
      for (var file : files.toList()) {
        Files.copy(file, copy.resolve(tree.relativize(file).toString()), options);
      }
    }
    assertThat(copy.resolve("my-xds").toFile().setExecutable(true)).isTrue();
    if (options.length == 0) {
      // Whichever file is copied first: the program counts as built.
      Files.setLastModifiedTime(copy.resolve("pom.xml"), FileTime.from(BUILT));
      Files.setLastModifiedTime(copy.resolve("src/main"), FileTime.from(BUILT));
    }
    return copy;
  }

  private static void date(Path tree) throws IOException {
    for (var path : List.of("pom.xml", "src/main")) {
      Files.setLastModifiedTime(tree.resolve(path), FileTime.from(BUILT.minusSeconds(60)));
    }
    Files.setLastModifiedTime(tree.resolve("target/my-xds.jar"), FileTime.from(BUILT));
  }

  /** Packs the program as the build does. */
  private static void jar(Path jar) throws Exception {
    var classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var lib = jar.resolveSibling("lib");
    var libraries = new StringBuilder();
    for (var path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      var library = Path.of(path);
      if (path.endsWith(".jar")) {
        Files.createSymbolicLink(lib.resolve(library.getFileName()), library.toAbsolutePath());
        libraries.append("lib/").append(library.getFileName()).append(' ');
      }
    }
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, libraries.toString());
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }
}
