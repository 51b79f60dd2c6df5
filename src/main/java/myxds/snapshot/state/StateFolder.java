package myxds.snapshot.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import myxds.resource.Redaction;
import myxds.resource.Resource;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.KeptNode;
import myxds.snapshot.KeptRefusal;
import myxds.snapshot.LastGood;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last published states of each group, in a folder that one process has for itself:
 *
 * <pre>
 * STATE/config-1f0c63f2/           one for each configuration directory
 *   lock                           the id of the process that has it
 *   refusals.json                  what nodes refused
 *   withdrawn.json                 which states were rolled back, and why
 *   nodes.json                     which nodes were connected
 *   settings.yaml                  the content of my-xds.yaml when it was right last
 *   *.corrupt                      one of these files that was damaged
 *   groups/node1/
 *     0000000007-SHA256.json       a published state: which contents
 *     SHA256.resources             what one file gave to the group
 *     corrupt/                     what was damaged
 * </pre>
 */
public final class StateFolder implements LastGood, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StateFolder.class);
  private static final int LONGEST_NAME = 150;
  private static final String WITHDRAWN = "withdrawn.json";
  private static final String NODES = "nodes.json";
  private static final String REFUSALS = "refusals.json";
  private static final String SETTINGS = "settings.yaml";

  private final HeldFolder own;
  private final Path groups;
  private final RefusalFile refusals;
  private final WithdrawnFile withdrawn;
  private final NodesFile nodes;
  private final Schema schema;
  private final Predicate<Resource> keeps;
  private final Map<Path, GroupFolder> folders = new ConcurrentHashMap<>();
  private final SmallFiles small = new SmallFiles(this::hold);

  private StateFolder(HeldFolder own, Schema schema, Predicate<Resource> keeps) {
    this.own = own;
    this.groups = own.resolve("groups");
    this.withdrawn = new WithdrawnFile(own.resolve(WITHDRAWN));
    this.nodes = new NodesFile(own.resolve(NODES));
    this.refusals = new RefusalFile(own.resolve(REFUSALS));
    this.schema = schema;
    this.keeps = keeps;
  }

  /**
   * Takes the folder. One that cannot be had now is taken when it can: until then nothing is known
   * of it and nothing is kept.
   *
   * @param state it need not exist
   * @param source where the states come from: those of another source are not seen
   * @param secrets whether resources that hold secrets are kept
   * @throws FolderInUse if another process has it
   */
  public static StateFolder open(Path state, Path source, Schema schema, boolean secrets)
      throws FolderInUse {
    Predicate<Resource> keeps = secrets ? resource -> true : withoutSecrets(schema);
    var folder = new StateFolder(new HeldFolder(state.resolve(name(source))), schema, keeps);
    try {
      folder.hold();
    } catch (FolderInUse e) {
      throw e;
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("folder", state)
          .addKeyValue("reason", e.toString())
          .log("could not use the state folder; what was published before is not known");
    }
    return folder;
  }

  /**
   * Returns the content of the settings file that was saved last.
   *
   * @param source the configuration directory
   * @return empty if none was saved or it cannot be read
   */
  public static Optional<String> settings(Path state, Path source) {
    try {
      return Optional.of(Files.readString(state.resolve(name(source)).resolve(SETTINGS)));
    } catch (IOException e) {
      // Read before the log is set up; mostly there is no such file.
      return Optional.empty();
    }
  }

  /** Takes the folder if it is not taken or was lost; of what was in it nothing is left then. */
  private void hold() throws IOException {
    if (own.take()) {
      folders.clear();
      small.forget();
    }
  }

  private static String name(Path source) {
    var path = source.toAbsolutePath().normalize();
    var sha = Sha.of(path.toString().getBytes(UTF_8));
    return fileName(String.valueOf(path.getFileName())) + "-" + sha.substring(0, 8);
  }

  private static Predicate<Resource> withoutSecrets(Schema schema) {
    var redaction = new Redaction(schema);
    return resource ->
        !resource.type().equals(ResourceType.SECRET)
            && redaction.redact(resource.message()).equals(resource.message());
  }

  @Override
  public List<Saved> load() {
    var loaded = new ArrayList<Saved>();
    if (!Files.exists(groups)) {
      return loaded;
    }
    try (var all = Files.newDirectoryStream(groups)) {
      for (var folder : all) {
        load(folder, loaded);
      }
    } catch (IOException | DirectoryIteratorException e) {
      log.atWarn().addKeyValue("reason", e.toString()).log("could not read the kept states");
    }
    return loaded;
  }

  private void load(Path folder, List<Saved> into) {
    try {
      if (folder.toString().endsWith(Disk.UNFINISHED)) {
        Disk.remove(folder);
      } else {
        group(folder).load().ifPresent(into::add);
      }
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("folder", folder)
          .addKeyValue("reason", e.toString())
          .log("could not read the kept states");
    }
  }

  @Override
  public void save(String group, GroupSnapshot snapshot, Instant at) throws IOException {
    hold();
    group(folderOf(group)).save(group, snapshot, at, keeps);
  }

  @Override
  public Optional<GroupSnapshot> state(String group, String version) {
    try {
      return new GroupFolder(folderOf(group), schema).find(version);
    } catch (IOException e) {
      log.atWarn().addKeyValue("reason", e.toString()).log("could not read a kept state");
      return Optional.empty();
    }
  }

  @Override
  public Map<String, Withdrawn> withdrawn() {
    return small.read(withdrawn, Map.of());
  }

  @Override
  public void withdraw(Map<String, Withdrawn> states) throws IOException {
    small.write(withdrawn, states);
  }

  @Override
  public List<KeptRefusal> refusals() {
    return small.read(refusals, List.of());
  }

  @Override
  public void keep(List<KeptRefusal> kept) throws IOException {
    small.write(refusals, kept);
  }

  @Override
  public void keepSettings(String text) throws IOException {
    small.write(SETTINGS, () -> Disk.write(Map.of(own.resolve(SETTINGS), text.getBytes(UTF_8))));
  }

  @Override
  public Set<String> missing(Set<String> groups) throws IOException {
    hold();
    own.requireWritable();
    small.mend(own.path());
    return groups.stream()
        .filter(group -> !group(folderOf(group)).isWhole())
        .collect(Collectors.toSet());
  }

  @Override
  public List<KeptNode> nodes() {
    return small.read(nodes, List.of());
  }

  @Override
  public void keepNodes(List<KeptNode> kept) throws IOException {
    small.write(nodes, kept);
  }

  @Override
  public void forget(String group) throws IOException {
    hold();
    var folder = folderOf(group);
    folders.remove(folder);
    if (Files.exists(folder)) {
      // All at once: of half a folder an older state would come back.
      var forgotten = folder.resolveSibling(folder.getFileName() + Disk.UNFINISHED);
      Files.move(folder, forgotten, StandardCopyOption.ATOMIC_MOVE);
      Disk.sync(groups);
      Disk.remove(forgotten);
    }
  }

  @Override
  public void close() throws IOException {
    own.close();
  }

  private GroupFolder group(Path folder) {
    return folders.computeIfAbsent(folder, path -> new GroupFolder(path, schema));
  }

  private Path folderOf(String group) {
    return groups.resolve(fileName(group));
  }

  /** The name of a file, without dots, for any text. */
  private static String fileName(String text) {
    var encoded = URLEncoder.encode(text, UTF_8).replace(".", "%2E");
    return encoded.length() <= LONGEST_NAME
        ? encoded
        : encoded.substring(0, LONGEST_NAME / 2) + "-" + Sha.of(text.getBytes(UTF_8));
  }
}
