package myxds.source.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Origin;
import myxds.resource.Problem;

/** The resource files of a directory that somebody else has read, by the same rules. */
public final class FolderFiles {
  private FolderFiles() {}

  /**
   * What {@link FileSource#read} would find.
   *
   * @param files content by path, relative to the directory, with {@code /}
   */
  public static Documents of(Map<String, byte[]> files) {
    var documents = new ArrayList<Document>();
    var problems = new ArrayList<Problem>();
    resources(files)
        .forEach((path, content) -> {
          if (Document.groupOf(path).isEmpty()) {
            TreeWalk.beside(path).ifPresent(problems::add);
            return;
          }
          switch (ResourceFile.decode(content)) {
            case ResourceFile.Text(var text) -> documents.add(new Document(path, text));
            case ResourceFile.Bad(var line, var column, var what) ->
                problems.add(Problem.error(new Origin(path, line, column), what));
          }
        });
    return new Documents(documents, problems);
  }

  private static SortedMap<String, byte[]> resources(Map<String, byte[]> files) {
    var resources = new TreeMap<String, byte[]>();
    files.forEach((path, content) -> {
      var name = path.startsWith("./") ? path.substring(2) : path;
      if (isResource(name)) {
        resources.put(name, content);
      }
    });
    return resources;
  }

  private static boolean isResource(String path) {
    var names = Arrays.stream(path.split("/", -1)).map(FileName::new).toList();
    return names.getLast().isResource() && names.stream().noneMatch(FileName::isHidden);
  }
}
