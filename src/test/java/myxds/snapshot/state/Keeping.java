package myxds.snapshot.state;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import myxds.gate.Bootstrap;
import myxds.gate.Gate;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Resource;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.LastGood.Saved;

/** A state folder of a test, opened anew for each thing that is done with it. */
record Keeping(Path state) {
  static final Schema SCHEMA = Schema.ofApi();
  static final Instant NOW = Instant.parse("2026-11-23T09:00:00.123456789Z");
  static final Path SOURCE = Path.of("config");

  StateFolder open(boolean secrets) throws IOException {
    return StateFolder.open(state, SOURCE, SCHEMA, secrets);
  }

  void save(String group, GroupSnapshot snapshot) throws IOException {
    try (var folder = open(true)) {
      folder.load();
      folder.save(group, snapshot, NOW);
    }
  }

  List<Saved> load() throws IOException {
    try (var folder = open(true)) {
      return folder.load();
    }
  }

  static <T> T only(List<T> all) {
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  /** Each text is a file of the configuration. */
  static GroupSnapshot snapshot(String... files) {
    var documents =
        Stream.iterate(0, i -> i < files.length, i -> i + 1)
            .map(i -> new Document("edge/" + i + ".yaml", files[i]))
            .toList();
    var judged = new Gate(SCHEMA, Bootstrap.UNKNOWN).judge(new Documents(documents, List.of()));
    return GroupSnapshot.of(requireNonNull(judged.groups().get("edge")).resources());
  }

  static String cluster(String name) {
    return """
    "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
    name: %s
    ---
    """
        .formatted(name);
  }

  static List<Resource> resources(GroupSnapshot snapshot) {
    return snapshot.types().values().stream()
        .flatMap(view -> view.all().stream())
        .map(one -> one.resource())
        .toList();
  }

  static List<String> names(Saved saved) {
    return saved.resources().stream()
        .filter(one -> one.type().equals(ResourceType.CLUSTER))
        .map(Resource::name)
        .toList();
  }

  /** Those in the groups' folders. */
  List<Path> files(String end) throws IOException {
    try (var all = Files.walk(state)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("lock") && file.toString().endsWith(end))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  List<Path> folders() throws IOException {
    try (var all = Files.list(state)) {
      return all.toList();
    }
  }

  static Path parent(Path file) {
    return requireNonNull(file.getParent());
  }

  static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
