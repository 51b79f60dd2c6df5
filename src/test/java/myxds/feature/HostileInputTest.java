package myxds.feature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A group that holds something hostile is told so, and the other groups go on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileInputTest {
  private static final String CLUSTER =
      "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: %s}\n";

  private Path config;
  private TestDaemon daemon;
  private int edits;

  /** What is put in place of {@code bad/a.yaml}, and what is said of it. */
  enum Hostile {
    SPARSE_GIGABYTE("a.yaml: is too large (expected: at most 64 MiB)") {
      @Override
      void put(Path file) throws IOException {
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
          sparse.setLength(1L << 30);
        }
      }
    },
    ALIASES_OF_ALIASES("too many values by aliases") {
      @Override
      void put(Path file) throws IOException {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
          var all = ("*a" + (i - 1) + ", ").repeat(9);
          text.append("a%d: &a%d [%s]\n".formatted(i, i, all));
        }
        Files.writeString(file, text);
      }
    },
    DEEP_BRACKETS("a.yaml:1:201: not YAML: nested too deeply") {
      @Override
      void put(Path file) throws IOException {
        Files.writeString(file, "[".repeat(1_000_000));
      }
    },
    DEEP_BLOCKS("not YAML: nested too deeply") {
      @Override
      void put(Path file) throws IOException {
        var text = new StringBuilder();
        IntStream.range(0, 3_000).forEach(i -> text.append(" ".repeat(i)).append("a:\n"));
        Files.writeString(file, text);
      }
    },
    LONG_WORD("not a resource") {
      @Override
      void put(Path file) throws IOException {
        Files.writeString(file, "x".repeat(20_000_000));
      }
    },
    MANY_UNKNOWN_FIELDS("unknown field \\\"k9999\\\"") {
      @Override
      void put(Path file) throws IOException {
        var text = new StringBuilder(CLUSTER.formatted("a").replace("}\n", ""));
        IntStream.range(0, 10_000).forEach(i -> text.append(", k%d: 1".formatted(i)));
        Files.writeString(file, text.append("}"));
      }
    },
    BINARY("a.yaml:1:6: is not UTF-8 text") {
      @Override
      void put(Path file) throws IOException {
        Files.write(file, new byte[] {0x7f, 'E', 'L', 'F', 0, (byte) 0xff, (byte) 0xfe});
      }
    },
    LATIN_1("a.yaml:2:10: is not UTF-8 text") {
      @Override
      void put(Path file) throws IOException {
        Files.writeString(file, "# one\nname: caf\u00e9", ISO_8859_1);
      }
    },
    MERGE_OF_ITSELF("a.yaml:1:20: not YAML: an alias that contains itself") {
      @Override
      void put(Path file) throws IOException {
        Files.writeString(file, "resources: &a {<<: *a}\n");
      }
    },
    LIST_OF_ITSELF("a.yaml:1:16: not YAML: an alias that contains itself") {
      @Override
      void put(Path file) throws IOException {
        Files.writeString(file, "resources: &a [*a]\n");
      }
    },
    MILLION_DIGITS("a.yaml:1:7: a number of more than 1000 digits") {
      @Override
      void put(Path file) throws IOException {
        Files.writeString(file, "\"a\" : " + "9".repeat(1_000_000));
      }
    },
    MILLIONS_OF_VALUES("too many values (expected: at most 2000000 in a file)") {
      @Override
      void put(Path file) throws IOException {
        Files.writeString(file, "resources: [" + "a,".repeat(10_000_000) + "]");
      }
    },
    LINK_TO_ITSELF("a.yaml: ") {
      @Override
      void put(Path file) throws IOException {
        Files.createSymbolicLink(file, file);
      }
    },
    DEVICE("a.yaml: is not a file that can be read") {
      @Override
      void put(Path file) throws IOException {
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
      }
    },
    PIPE("a.yaml: is not a file that can be read") {
      @Override
      void put(Path file) throws IOException {
        new ProcessBuilder("mkfifo", file.toString()).start().onExit().join();
      }
    };

    private final String said;

    Hostile(String said) {
      this.said = said;
    }

    abstract void put(Path file) throws IOException;
  }

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    config = folder;
    Files.createDirectories(config.resolve("bad"));
    Files.createDirectories(config.resolve("good"));
    write("bad/b.yaml", "kept");
    write("good/a.yaml", "good");
    daemon = TestDaemon.ready(config);
  }

  /** Whatever became of one case, the next one finds the directory as it was. */
  @AfterEach
  void clean() throws IOException {
    try (var files = Files.list(config.resolve("bad"))) {
      for (var file : files.filter(file -> !file.endsWith("b.yaml")).toList()) {
        Files.delete(file);
      }
    }
  }

  @AfterAll
  void stop() {
    daemon.close();
  }

  @ParameterizedTest
  @EnumSource
  void isToldAndKeepsNobodyFromGoingOn(Hostile hostile) throws IOException {
    var file = config.resolve("bad/a.yaml");
    hostile.put(file);

    await().untilAsserted(() -> assertThat(problems()).contains(hostile.said));
    goesOn();
    assertThat(daemon.fetch("clusters", node("bad")).body()).contains("\"kept\"");

    Files.delete(file);
    await().untilAsserted(() -> assertThat(problems()).isEqualTo("{\"problems\":[]}"));
  }

  @Test
  void namesAFileOfAnyName() throws IOException {
    var file = Files.writeString(config.resolve("bad/a b\n\u001b[31m.yaml"), "x");

    await().untilAsserted(() -> assertThat(problems()).contains("a b\\n\\u001b[31m.yaml:1:1: "));
    goesOn();

    Files.delete(file);
    await().untilAsserted(() -> assertThat(problems()).isEqualTo("{\"problems\":[]}"));
  }

  private void goesOn() throws IOException {
    var name = "edit" + ++edits;
    write("good/a.yaml", name);
    await().until(() -> daemon.fetch("clusters", node("good")).body().contains(name));
  }

  /** As {@code file:line:column: message} for those of one file. */
  private String problems() {
    return daemon
        .get("/api/v1/problems")
        .body()
        .strip()
        .replaceAll(
            "\"file\":\"bad/([^\"]*)\",\"line\":(null|[0-9]+),\"column\":(null|[0-9]+),"
                + "\"severity\":\"error\",\"message\":\"",
            "$1:$2:$3: ")
        .replace(":null", "");
  }

  private static String node(String id) {
    return "{\"node\": {\"id\": \"%s\"}}".formatted(id);
  }

  private void write(String file, String name) throws IOException {
    Files.writeString(config.resolve(file), CLUSTER.formatted(name));
  }
}
