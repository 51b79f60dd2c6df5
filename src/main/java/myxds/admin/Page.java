package myxds.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The web page's files and the libraries they import, read once from the class path: nothing is
 * built, and nothing comes from another host.
 */
final class Page {
  private static final List<String> FILES =
      List.of(
          "base.css",
          "parts.css",
          "views.css",
          "api.js",
          "app.js",
          "change.js",
          "changes.js",
          "configuration.js",
          "dialog.js",
          "drawing.js",
          "fleet.js",
          "graph.js",
          "group.js",
          "layers.js",
          "live.js",
          "narrowing.js",
          "node.js",
          "nowhere.js",
          "parts.js",
          "plot.js",
          "problems.js",
          "reasons.js",
          "refusal.js",
          "router.js",
          "screen.js",
          "served.js",
          "source.js",
          "text.js",
          "trail.js",
          "weather.js");

  /** What the page imports of a WebJar, and what that imports. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "lit-html",
          List.of("lit-html.js", "directive.js", "directive-helpers.js", "directives/repeat.js"),
          "uplot",
          List.of("dist/uPlot.esm.js", "dist/uPlot.min.css"));

  private final Map<String, Reply> replies = new LinkedHashMap<>();

  Page() {
    replies.put("/", file("/ui/index.html"));
    FILES.forEach(name -> replies.put("/" + name, file("/ui/" + name)));
    LIBRARIES.forEach(this::library);
  }

  /** What is served at each path. */
  Map<String, Reply> replies() {
    return replies;
  }

  private void library(String name, List<String> files) {
    var folder = "/META-INF/resources/webjars/%s/%s/".formatted(name, version(name));
    for (var file : files) {
      replies.put("/lib/%s/%s".formatted(name, file.replace("dist/", "")), file(folder + file));
    }
  }

  /** The one in the program: a WebJar's folder is called by it. */
  private static String version(String library) {
    var path = "/META-INF/maven/org.webjars.npm/%s/pom.properties".formatted(library);
    try (var in = open(path)) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
  }

  /** A file of the program, by its path on the class path. */
  static Reply file(String resource) {
    var body = read(resource);
    // A new program has a new page: the browser asks each time, and mostly hears "not modified".
    return Reply.of(200, contentType(resource), body)
        .with("Cache-Control", "no-cache")
        .with("ETag", '"' + hash(body) + '"');
  }

  private static String contentType(String resource) {
    var ending = resource.substring(resource.lastIndexOf('.') + 1);
    return switch (ending) {
      case "json" -> "application/json";
      case "js" -> "text/javascript; charset=utf-8";
      default -> "text/%s; charset=utf-8".formatted(ending);
    };
  }

  private static String read(String resource) {
    try (var in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  private static InputStream open(String resource) {
    var in = Page.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(resource + " is missing in the program");
    }
    return in;
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
