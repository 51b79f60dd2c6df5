package myxds.snapshot.state;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.LastGood.Saved;
import myxds.snapshot.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kept states of one group, in a folder of their own. A state is a {@link Manifest} that names
 * one file for each file of the configuration; both are called by the hash of their content, so
 * that a damaged one is noticed and states share what did not change. Manifests are numbered.
 */
final class GroupFolder {
  /** How many states of a group are kept. */
  static final int KEPT = 20;

  private static final Logger log = LoggerFactory.getLogger(GroupFolder.class);
  private static final Pattern MANIFEST = Pattern.compile("([0-9]{10})-([0-9a-f]{64})\\.json");
  private static final String CONTENT = ".resources";

  private final Path folder;
  private final Schema schema;

  /** Oldest first. */
  private final Deque<Kept> kept = new ArrayDeque<>();

  private Map<String, Content> contents = Map.of();
  private long number;

  private record Kept(Path file, Manifest manifest) {}

  /** What a file of the configuration gave last, and the hash of that. */
  private record Content(List<Resource> resources, String sha) {}

  GroupFolder(Path folder, Schema schema) {
    this.folder = folder;
    this.schema = schema;
  }

  /** The newest state that is whole. A newer one that is not is put aside. */
  Optional<Saved> load() throws IOException {
    Optional<Saved> newest = Optional.empty();
    for (var file : manifests()) {
      try {
        var manifest = manifest(file);
        if (newest.isEmpty()) {
          newest = Optional.of(saved(manifest));
        }
        kept.addFirst(new Kept(file, manifest));
      } catch (CorruptFile e) {
        putAside(e.file(), String.valueOf(e.getMessage()));
        if (!e.file().equals(file)) {
          putAside(file, "it needs " + e.file().getFileName());
        }
      }
    }
    removeUnused();
    return newest;
  }

  /** Returns whether the newest state is still on the disk. */
  boolean isWhole() {
    var newest = kept.peekLast();
    return newest != null && Files.exists(newest.file);
  }

  /** A whole state by its version; nothing is put aside for it. */
  Optional<GroupSnapshot> find(String version) throws IOException {
    if (!Files.exists(folder)) {
      return Optional.empty();
    }
    for (var file : manifests()) {
      var manifest = manifest(file);
      if (manifest.version().equals(version) && manifest.leftOut().isEmpty()) {
        return Optional.of(GroupSnapshot.of(saved(manifest).resources()));
      }
    }
    return Optional.empty();
  }

  /** Newest first. */
  private List<Path> manifests() throws IOException {
    var files = files(MANIFEST.asMatchPredicate());
    files.sort(Comparator.comparing(Path::toString).reversed());
    if (!files.isEmpty()) {
      number = Long.parseLong(matched(files.getFirst()).group(1));
    }
    return files;
  }

  private List<Path> files(Predicate<String> names) throws IOException {
    var files = new ArrayList<Path>();
    try (var all = Files.newDirectoryStream(folder, file -> names.test(name(file)))) {
      all.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static Matcher matched(Path manifest) {
    var matcher = MANIFEST.matcher(name(manifest));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(manifest + " is no manifest");
    }
    return matcher;
  }

  private static Manifest manifest(Path file) throws IOException {
    return Manifest.of(Disk.read(file, matched(file).group(2)))
        .orElseThrow(() -> new CorruptFile(file, "another version of my-xds wrote it"));
  }

  private Saved saved(Manifest manifest) throws IOException {
    var read = new HashMap<String, Content>();
    for (var file : manifest.files().entrySet()) {
      read.put(file.getKey(), content(file.getKey(), file.getValue()));
    }
    contents = read;
    var resources = read.values().stream().flatMap(one -> one.resources.stream()).toList();
    return new Saved(manifest.group(), manifest.publishedAt(), resources, manifest.leftOut());
  }

  private Content content(String origin, String sha) throws IOException {
    var file = content(sha);
    var bytes = Disk.read(file, sha);
    try {
      return new Content(FileContent.read(bytes, origin, schema), sha);
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptFile(file, "the schema cannot read it: " + e.getMessage());
    }
  }

  private Path content(String sha) {
    return folder.resolve(sha + CONTENT);
  }

  private void putAside(Path file, String why) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    Disk.putAside(file, Disk.folder(folder.resolve("corrupt")).resolve(name(file)), why);
  }

  /** Keeps a state; when this returns, a crash cannot lose it. */
  void save(String group, GroupSnapshot snapshot, Instant at, Predicate<Resource> keeps)
      throws IOException {
    var files = new TreeMap<String, List<Versioned>>();
    var leftOut = new ArrayList<ResourceId>();
    for (var view : snapshot.types().values()) {
      for (var one : view.all()) {
        if (keeps.test(one.resource())) {
          files.computeIfAbsent(one.resource().origin().file(), file -> new ArrayList<>()).add(one);
        } else {
          leftOut.add(one.resource().id());
        }
      }
    }
    Disk.folder(folder);
    if (kept.isEmpty()) {
      // What was not read may be there all the same: the new state is to have the highest number.
      manifests();
    }
    var now = written(files);
    var shas = new TreeMap<String, String>();
    now.forEach((file, content) -> shas.put(file, content.sha));
    written(new Manifest(group, snapshot.version(), at, shas, leftOut));
    contents = now;
    removeOldest();
  }

  /** Writes what is not written yet, or was and is gone: somebody emptied the folder. */
  private Map<String, Content> written(Map<String, List<Versioned>> files) throws IOException {
    var now = new HashMap<String, Content>();
    var unwritten = new HashMap<Path, byte[]>();
    files.forEach((file, some) -> {
      var resources = some.stream().map(Versioned::resource).toList();
      var before = contents.get(file);
      if (before != null
          && isSame(before.resources, resources)
          && Files.exists(content(before.sha))) {
        now.put(file, before);
      } else {
        var bytes = FileContent.write(some);
        var content = new Content(resources, Sha.of(bytes));
        now.put(file, content);
        unwritten.put(content(content.sha), bytes);
      }
    });
    Disk.write(unwritten);
    return now;
  }

  /** Resources that did not change are the same objects; to compare them would take long. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(List<Resource> before, List<Resource> now) {
    return before.size() == now.size()
        && IntStream.range(0, now.size()).allMatch(i -> before.get(i) == now.get(i));
  }

  private void written(Manifest manifest) throws IOException {
    number++;
    var bytes = manifest.bytes();
    var file = folder.resolve("%010d-%s.json".formatted(number, Sha.of(bytes)));
    Disk.write(Map.of(file, bytes));
    Disk.sync(folder);
    kept.addLast(new Kept(file, manifest));
  }

  private void removeOldest() {
    try {
      while (kept.size() > KEPT) {
        var oldest = kept.removeFirst();
        Files.deleteIfExists(oldest.file);
        var needed = needed();
        for (var sha : oldest.manifest.files().values()) {
          if (!needed.contains(sha)) {
            Files.deleteIfExists(content(sha));
          }
        }
      }
    } catch (IOException e) {
      log.atWarn().addKeyValue("reason", e.toString()).log("could not remove an old state");
    }
  }

  private Set<String> needed() {
    return kept.stream()
        .flatMap(state -> state.manifest.files().values().stream())
        .collect(Collectors.toSet());
  }

  /** A crash may leave what no state needs. */
  private void removeUnused() throws IOException {
    var needed = needed();
    var unused =
        files(name ->
            name.endsWith(Disk.UNFINISHED)
                || (name.endsWith(CONTENT)
                    && !needed.contains(name.substring(0, name.length() - CONTENT.length()))));
    for (var file : unused) {
      Files.deleteIfExists(file);
    }
  }
}
