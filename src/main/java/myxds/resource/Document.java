package myxds.resource;

/**
 * One resource file as it was read.
 *
 * @param path relative to the root, with {@code /}: {@code node1/listener.yaml}
 * @param text the whole content
 */
public record Document(String path, String text) {

  /** The group whose folder this is in; empty for a file beside the group folders. */
  public static String groupOf(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  public String group() {
    return groupOf(path);
  }
}
