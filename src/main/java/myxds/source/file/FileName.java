package myxds.source.file;

import java.util.List;

/**
 * What a file's name says about it. Editors' temporary files need no rule of their own: {@code
 * .#a}, {@code #a#}, {@code a~}, {@code a.swp} and {@code a.tmp} are hidden or have another ending.
 */
record FileName(String name) {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  /** Also {@code ..data}, the link that a mounted ConfigMap swaps. */
  boolean isHidden() {
    return name.startsWith(".");
  }

  boolean isResource() {
    return !isHidden() && ENDINGS.stream().anyMatch(name::endsWith);
  }

  /** Of something that cannot be looked into: a folder's name rarely has a dot. */
  boolean looksLikeFolder() {
    return !name.contains(".");
  }
}
