package myxds.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a running daemon; commands that do so mix it in. */
final class AdminClient {
  /** To connect; what it then takes to answer, it takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--admin",
      paramLabel = "URL",
      description = "where the daemon's admin port is (${DEFAULT-VALUE})",
      defaultValue = "http://127.0.0.1:9003")
  private @Nullable URI daemon;

  /**
   * Sends JSON and waits for the answer.
   *
   * @throws CannotRun if there is none
   */
  HttpResponse<String> post(String path, String json) throws CannotRun, InterruptedException {
    return send(
        path,
        request ->
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  /**
   * Gets the object at a path.
   *
   * @param path with its query
   * @param key what it has if a my-xds answers
   * @throws CannotRun if there is none
   */
  JsonObject get(String path, String key) throws CannotRun, InterruptedException {
    return found(send(path, HttpRequest.Builder::GET), key);
  }

  /**
   * Gets the object at a path.
   *
   * @param most how long the daemon may take to answer
   * @throws NoAnswer if there is none within that time
   */
  JsonObject get(String path, String key, Duration most) throws CannotRun, InterruptedException {
    var answer = send(path, request -> request.GET().timeout(most));
    if (answer.statusCode() == 503) {
      throw new NoAnswer(refused(answer).getMessage(), true);
    }
    return found(answer, key);
  }

  private JsonObject found(HttpResponse<String> answer, String key) throws CannotRun {
    if (answer.statusCode() != 200) {
      throw refused(answer);
    }
    return parsed(answer.body(), key);
  }

  private HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> how)
      throws CannotRun, InterruptedException {
    try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      var request = how.apply(HttpRequest.newBuilder(URI.create(at() + path))).build();
      return new Patience(this::stillWaiting)
          .during(() -> client.send(request, BodyHandlers.ofString()));
    } catch (IllegalArgumentException e) {
      throw cannotAsk("%s (expected: http://HOST:PORT)".formatted(e.getMessage()));
    } catch (ConnectException e) {
      throw noAnswer("nothing answers there; is it running?", false);
    } catch (HttpConnectTimeoutException e) {
      throw noAnswer("no connection within %d s".formatted(PATIENCE.toSeconds()), false);
    } catch (HttpTimeoutException e) {
      throw noAnswer("it does not answer in time", true);
    } catch (IOException e) {
      throw noAnswer(e.getMessage() == null ? e.toString() : e.getMessage(), false);
    }
  }

  private void stillWaiting() {
    var err = command.commandLine().getErr();
    err.println("my-xds: still waiting for the daemon at " + at());
    err.flush();
  }

  /**
   * The object that was answered.
   *
   * @param key what it has if a my-xds answers
   * @throws CannotRun if it is none
   */
  JsonObject parsed(String json, String key) throws CannotRun {
    var object = parsed(json);
    if (object.has(key)) {
      return object;
    }
    throw noMyXds("\"%s\" in its JSON".formatted(key));
  }

  private JsonObject parsed(String json) throws CannotRun {
    try {
      if (JsonParser.parseString(json) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      // Told below: what answers there is no my-xds.
    }
    throw noMyXds("JSON");
  }

  private CannotRun noMyXds(String expected) {
    return new CannotRun(
        ExitCode.USAGE, "what answers at %s is no my-xds (expected: %s)".formatted(at(), expected));
  }

  /** A part of a path or a query, as it may stand there. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** What the daemon says instead of an answer. */
  CannotRun refused(HttpResponse<String> answer) throws CannotRun {
    return new CannotRun(
        ExitCode.USAGE, "the daemon at %s says: %s".formatted(at(), detail(answer)));
  }

  /** The sentence of a problem. */
  String detail(HttpResponse<String> answer) throws CannotRun {
    var detail = parsed(answer.body()).get("detail");
    return detail == null ? "status " + answer.statusCode() : Lines.printable(detail.getAsString());
  }

  /** As it was typed, without the slash at its end. */
  String at() {
    return String.valueOf(daemon).replaceAll("/+$", "");
  }

  private CannotRun cannotAsk(String why) {
    return new CannotRun(ExitCode.USAGE, cannotAskBecause(why));
  }

  private NoAnswer noAnswer(String why, boolean isThere) {
    return new NoAnswer(cannotAskBecause(why), isThere);
  }

  private String cannotAskBecause(String why) {
    return "cannot ask the daemon at %s: %s".formatted(at(), why);
  }
}
