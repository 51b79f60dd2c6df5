package myxds.admin;

import java.util.Map;
import java.util.stream.Collectors;

/** What the admin server serves of the page, for a server that is none. */
public final class PageFiles {

  /** One file, with the headers that are its own. */
  public record PageFile(Map<String, String> headers, String body) {}

  private PageFiles() {}

  /** By path. */
  public static Map<String, PageFile> all() {
    return new Page()
        .replies().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    file -> new PageFile(file.getValue().headers(), file.getValue().body())));
  }

  /** The headers of every answer; one of them is the Content-Security-Policy. */
  public static Map<String, String> headers() {
    return AdminServer.SECURITY;
  }
}
