package myxds.resource;

/** Resource names of the new kind, {@code xdstp://authority/type/id?key=value}. */
public final class XdsName {
  private XdsName() {}

  public static String canonical(String name) {
    return name;
  }

  public static boolean isGlob(String name) {
    return name.startsWith("xdstp:") && name.endsWith("/*");
  }

  public static boolean globMatches(String glob, String name) {
    return name.startsWith(glob.substring(0, glob.length() - 1));
  }
}
