package myxds.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The web page's files, read once from the program's own resources. */
final class Page {
  private final Map<String, Reply> replies = new LinkedHashMap<>();

  Page() {
    replies.put("/", file("index.html", "text/html; charset=utf-8"));
    replies.put("/style.css", file("style.css", "text/css; charset=utf-8"));
    replies.put("/app.js", file("app.js", "text/javascript; charset=utf-8"));
  }

  /** What is served at each path. */
  Map<String, Reply> replies() {
    return replies;
  }

  private static Reply file(String name, String contentType) {
    var body = read("/ui/" + name);
    // A new program has a new page: the browser asks each time, and mostly hears "not modified".
    return Reply.of(200, contentType, body)
        .with("Cache-Control", "no-cache")
        .with("ETag", '"' + hash(body) + '"');
  }

  private static String read(String resource) {
    try (var in = Page.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  private static String hash(String body) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
