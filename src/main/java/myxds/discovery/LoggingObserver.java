package myxds.discovery;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import myxds.discovery.engine.Refusal;
import myxds.resource.ResourceType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One line per event: the life of streams, ACKs and NACKs at INFO, every message at DEBUG. */
public final class LoggingObserver implements DiscoveryObserver {
  private static final Logger log = LoggerFactory.getLogger(LoggingObserver.class);

  /** A client may ask for a hundred thousand names at once; a line shows this many. */
  private static final int NAMES = 10;

  @Override
  public void streamOpened(XdsStream stream) {
    told(log.atInfo(), stream).log("stream opened");
  }

  @Override
  public void requested(XdsStream stream, Asked asked) {
    log.atDebug()
        .addKeyValue("node", stream.node().getId())
        .addKeyValue("type", asked.type())
        .addKeyValue("version", asked.version())
        .addKeyValue("nonce", asked.nonce())
        .addKeyValue("names", () -> names(asked.names()))
        .log(stream.transport() == Transport.REST ? "fetch request" : "request");
  }

  @Override
  public void responded(XdsStream stream, Answered answered) {
    log.atDebug()
        .addKeyValue("node", stream.node().getId())
        .addKeyValue("type", answered.type())
        .addKeyValue("version", answered.version())
        .addKeyValue("nonce", answered.nonce())
        .addKeyValue("resources", answered.resources())
        .addKeyValue("removed", answered.removed())
        .addKeyValue("bytes", answered.bytes())
        .log(stream.transport() == Transport.REST ? "fetch response" : "response");
  }

  @Override
  public void acked(XdsStream stream, ResourceType type, String version) {
    verdict(log.atInfo(), stream, type).addKeyValue("version", version).log("acked");
  }

  @Override
  public void nacked(XdsStream stream, ResourceType type, Refusal refusal) {
    var resource = refusal.resource();
    var line = verdict(log.atWarn(), stream, type).addKeyValue("version", refusal.version());
    (resource == null
            ? line
            : line.addKeyValue("resource", resource.name()).addKeyValue("at", resource.origin()))
        .addKeyValue("reason", refusal.reason())
        .log("nacked");
  }

  @Override
  public void held(XdsStream stream, ResourceType type, String reason) {
    verdict(log.atInfo(), stream, type).addKeyValue("for", reason).log("waiting");
  }

  @Override
  public void released(XdsStream stream, ResourceType type, boolean expired) {
    if (expired) {
      verdict(log.atWarn(), stream, type).log("waited too long, went on");
    } else {
      verdict(log.atInfo(), stream, type).log("waits no longer");
    }
  }

  @Override
  public void streamClosed(XdsStream stream, String status, Duration lived) {
    told(log.atInfo().addKeyValue("node", stream.node().getId()), stream)
        .addKeyValue("status", status)
        .addKeyValue("lived", lived)
        .log("stream closed");
  }

  private static LoggingEventBuilder told(LoggingEventBuilder line, XdsStream stream) {
    return line.addKeyValue("stream", stream.id())
        .addKeyValue("transport", stream.transport().word())
        .addKeyValue("address", stream.address());
  }

  private static LoggingEventBuilder verdict(
      LoggingEventBuilder line, XdsStream stream, ResourceType type) {
    return line.addKeyValue("node", stream.node().getId()).addKeyValue("type", type);
  }

  private static String names(List<String> names) {
    var shown = names.stream().limit(NAMES).collect(Collectors.joining(","));
    return names.size() > NAMES ? shown + ",… (" + names.size() + ")" : shown;
  }
}
