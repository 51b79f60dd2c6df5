package myxds.source.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Origin;
import myxds.resource.Problem;

/**
 * One walk through the directory: reads every resource file, follows symbolic links, and tells what
 * it could not read. A file that vanishes under the walk is left out: the next walk is different
 * then, and is the one that counts.
 */
final class TreeWalk {
  private static final String SETTINGS = "my-xds.yaml";

  private final Path root;
  private final KnownFiles files;
  private final List<Document> documents = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Path, Object> folders = new HashMap<>();

  /** The identities of the folders that the walk is in now: one met again is a loop. */
  private final Deque<Object> inside = new ArrayDeque<>();

  private Object settings = "none";
  private Reading reading = new Reading.Unavailable("not read yet");

  private TreeWalk(Path root, KnownFiles files) {
    this.root = root;
    this.files = files;
  }

  static TreeWalk of(Path root, KnownFiles files) {
    files.begin();
    var walk = new TreeWalk(root, files);
    walk.reading = walk.read();
    return walk;
  }

  Reading reading() {
    return reading;
  }

  /** The folders that were looked into, each with its identity in the file system. */
  Map<Path, Object> folders() {
    return folders;
  }

  private Reading read() {
    try {
      enter(root, attributes(root));
    } catch (IOException e) {
      return new Reading.Unavailable(
          "the configuration directory %s %s (expected: a folder with one folder per group)"
              .formatted(root, says(e)));
    }
    if (files.isTooMuch()) {
      return new Reading.Unavailable(
          "the configuration directory %s holds more than %d MiB of resources (expected: less, or more memory: -Xmx)"
              .formatted(root, files.most() >> 20));
    }
    documents.sort(Comparator.comparing(Document::path));
    problems.sort(Comparator.comparing(Problem::toString));
    return new Reading.Whole(new Documents(documents, problems), settings);
  }

  private void enter(Path folder, BasicFileAttributes attributes) throws IOException {
    var identity = identity(folder, attributes);
    if (inside.contains(identity)) {
      error(folder, "is a link to a folder that it is in itself");
      return;
    }
    var children = children(folder);
    folders.put(folder, identity);
    inside.push(identity);
    children.forEach(this::visit);
    inside.pop();
  }

  /** Some file systems have no key of their own. */
  private static Object identity(Path folder, BasicFileAttributes attributes) throws IOException {
    var key = attributes.fileKey();
    return key != null ? key : folder.toRealPath();
  }

  private static List<Path> children(Path folder) throws IOException {
    try (var stream = Files.newDirectoryStream(folder)) {
      var children = new ArrayList<Path>();
      stream.forEach(children::add);
      return children;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void visit(Path path) {
    var name = new FileName(path.getFileName().toString());
    if (name.isHidden()) {
      return;
    }
    if (relative(path).equals(SETTINGS)) {
      settings = settings(path);
      return;
    }
    try {
      var attributes = attributes(path);
      if (attributes.isDirectory()) {
        enter(path, attributes);
      } else if (name.isResource()) {
        file(path, attributes);
      }
    } catch (NoSuchFileException e) {
      missing(path, name);
    } catch (IOException e) {
      if (name.isResource() || name.looksLikeFolder()) {
        error(path, says(e));
      }
    }
  }

  /** It is read elsewhere: here it only matters whether it is another one. */
  private Object settings(Path path) {
    try {
      return files.read(path, attributes(path));
    } catch (IOException e) {
      return says(e);
    }
  }

  private void file(Path path, BasicFileAttributes attributes) throws IOException {
    var name = relative(path);
    if (Document.groupOf(name).isEmpty()) {
      beside(name).ifPresent(problems::add);
      return;
    }
    switch (files.read(path, attributes)) {
      case ResourceFile.Text(var text) -> documents.add(new Document(name, text));
      case ResourceFile.Bad(var line, var column, var what) ->
          problems.add(Problem.error(new Origin(name, line, column), what));
    }
  }

  /** What is to be said of a resource file that is in no group's folder. */
  static Optional<Problem> beside(String name) {
    return name.equals(SETTINGS)
        ? Optional.empty()
        : Optional.of(
            Problem.warning(
                Origin.of(name),
                "not in a group's folder: ignored (expected: GROUP/" + name + ")"));
  }

  /** Listed, but not there: a link to nothing, or a file that was deleted in between. */
  private void missing(Path path, FileName name) {
    if (Files.isSymbolicLink(path) && (name.isResource() || name.looksLikeFolder())) {
      error(path, "is a link to nothing");
    }
  }

  private void error(Path path, String what) {
    problems.add(Problem.error(Origin.of(place(path)), what));
  }

  /** A top-level folder's place ends with a slash, so that it names the group that it stops. */
  private String place(Path path) {
    var name = relative(path);
    boolean isGroup = Document.groupOf(name).isEmpty() && !new FileName(name).isResource();
    return isGroup ? name + "/" : name;
  }

  private String relative(Path path) {
    return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  private static String says(IOException trouble) {
    return switch (trouble) {
      case NoSuchFileException gone -> "does not exist";
      case NotDirectoryException file -> "is not a folder";
      case AccessDeniedException denied -> "cannot be read: permission denied";
      case FileSystemException other when other.getReason() != null ->
          "cannot be read: " + other.getReason();
      default -> "cannot be read: " + trouble.getMessage();
    };
  }
}
