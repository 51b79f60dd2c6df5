package myxds.resource;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a field of a resource stands in its document. A resource remembers only where it
 * begins; so the document is read once more, which only somebody with a finding has to pay for.
 */
public final class Places {
  private final List<Tree> trees;
  private final Origin file;

  /**
   * @param document the one that the resources come from
   */
  public Places(Document document) {
    this.trees = TreeReader.read(document).trees();
    this.file = Origin.of(document.path());
  }

  /** Returns where the document's first mapping or list begins; the file when there is none. */
  public Origin beginning() {
    return trees.isEmpty() ? file : trees.getFirst().origin();
  }

  /**
   * The value of the field; where there is none, the nearest thing around it that there is.
   *
   * @param resource of this document
   */
  public Origin of(Resource resource, FieldPath path) {
    var root = at(resource.origin());
    return root == null ? resource.origin() : walk(root, path).origin();
  }

  private static Tree walk(Tree root, FieldPath path) {
    var steps = new ArrayDeque<FieldPath.Step>();
    for (var at = path; at.parent() != null; at = at.parent()) {
      steps.push(at.step());
    }
    var tree = root;
    for (var step : steps) {
      var next = next(tree, step);
      if (next == null) {
        return tree;
      }
      tree = next;
    }
    return tree;
  }

  private static @Nullable Tree next(Tree tree, FieldPath.Step step) {
    return switch (step) {
      // One value may stand where a list belongs.
      case FieldPath.Step.Index(var index) ->
          tree instanceof Tree.Sequence sequence ? element(sequence, index) : tree;
      case FieldPath.Step.Key(var key) ->
          tree instanceof Tree.Mapping mapping ? mapping.get(key) : null;
      case FieldPath.Step.Field(var name) ->
          tree instanceof Tree.Mapping mapping ? field(mapping, name) : null;
    };
  }

  private static @Nullable Tree element(Tree.Sequence sequence, int index) {
    return index < sequence.elements().size() ? sequence.elements().get(index) : null;
  }

  private static @Nullable Tree field(Tree.Mapping mapping, String name) {
    var value = mapping.get(name);
    return value != null ? value : mapping.get(jsonName(name));
  }

  /** {@code connect_timeout} → {@code connectTimeout}. */
  private static String jsonName(String name) {
    var json = new StringBuilder(name.length());
    for (var word : name.split("_", -1)) {
      boolean first = json.isEmpty() || word.isEmpty();
      json.append(first ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return json.toString();
  }

  private @Nullable Tree at(Origin origin) {
    return trees.stream()
        .map(tree -> at(tree, origin))
        .filter(tree -> tree != null)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Tree at(Tree tree, Origin origin) {
    if (tree instanceof Tree.Mapping && tree.origin().equals(origin)) {
      return tree;
    }
    var children =
        switch (tree) {
          case Tree.Mapping mapping -> mapping.entries().stream().map(Tree.Entry::value);
          case Tree.Sequence sequence -> sequence.elements().stream();
          case Tree.Scalar scalar -> List.<Tree>of().stream();
        };
    return children
        .map(child -> at(child, origin))
        .filter(found -> found != null)
        .findFirst()
        .orElse(null);
  }
}
