package myxds.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import myxds.discovery.engine.Refusal;
import myxds.resource.ResourceType;

/** Writes down what is announced, one line per event. */
final class Recorder implements DiscoveryObserver {
  private final List<String> events = new CopyOnWriteArrayList<>();

  List<String> events() {
    return List.copyOf(events);
  }

  /** Those that begin with this word. */
  List<String> events(String word) {
    return events.stream().filter(event -> event.startsWith(word + " ")).toList();
  }

  @Override
  public void streamOpened(XdsStream stream) {
    events.add("opened " + stream.transport().word());
  }

  @Override
  public void requested(XdsStream stream, Asked asked) {
    events.add("requested " + stream.node().getId() + " " + asked.type() + " " + asked.names());
  }

  @Override
  public void responded(XdsStream stream, Answered answered) {
    events.add(
        "responded %s %s %s resources=%d removed=%d"
            .formatted(
                stream.node().getId(),
                answered.type(),
                answered.version(),
                answered.resources(),
                answered.removed()));
  }

  @Override
  public void acked(XdsStream stream, ResourceType type, String version) {
    events.add("acked " + stream.node().getId() + " " + type + " " + version);
  }

  @Override
  public void nacked(XdsStream stream, ResourceType type, Refusal refusal) {
    events.add(
        "nacked %s %s %s %s"
            .formatted(stream.node().getId(), type, refusal.version(), refusal.reason()));
  }

  @Override
  public void streamClosed(XdsStream stream, String status, Duration lived) {
    events.add("closed " + stream.node().getId() + " " + status.split(":", 2)[0]);
  }
}
