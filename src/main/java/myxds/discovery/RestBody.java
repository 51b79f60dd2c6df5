package myxds.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import myxds.discovery.RestAnswer.Refused;
import myxds.port.BodyFault;

/** The result of reading a request's body. */
sealed interface RestBody {
  /** The answer to a body that could not be read. */
  Refused BROKEN = new Refused(400, "the body ended early or is malformed");

  /** All of it, as text. */
  record Whole(String text) implements RestBody {}

  /** More than allowed. */
  record TooLarge() implements RestBody {}

  /** The client ended it early or framed it wrongly. */
  record Broken() implements RestBody {}

  /** Reads it, at most so many bytes. */
  static RestBody of(RestRequest request, int maxBytes) {
    var content = request.http().content();
    if (!content.hasEntity()) {
      return new Whole("");
    }
    try (var in = content.inputStream()) {
      var bytes = in.readNBytes(maxBytes);
      return in.read() < 0 ? new Whole(new String(bytes, StandardCharsets.UTF_8)) : new TooLarge();
    } catch (IOException | RuntimeException e) {
      BodyFault.log(request.http(), e);
      return new Broken();
    }
  }
}
