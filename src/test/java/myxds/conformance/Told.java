package myxds.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import myxds.conformance.Subject.Nack;
import myxds.discovery.DiscoveryObserver;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Refusal;
import myxds.resource.ResourceType;

/** What this program tells its operator, as far as rows ask for it. */
final class Told implements DiscoveryObserver {
  private final Map<Long, String> open = new ConcurrentHashMap<>();
  private final List<Nack> nacks = new CopyOnWriteArrayList<>();

  int open(String group) {
    return (int) open.values().stream().filter(group::equals).count();
  }

  List<Nack> nacks(String group) {
    return nacks.stream().filter(nack -> nack.node().equals(group)).toList();
  }

  @Override
  public void requested(XdsStream stream, Asked asked) {
    open.put(stream.id(), Subject.group(stream.node()));
  }

  @Override
  public void nacked(XdsStream stream, ResourceType type, Refusal refusal) {
    nacks.add(new Nack(stream.node().getId(), type, refusal.version(), refusal.reason()));
  }

  @Override
  public void streamClosed(XdsStream stream, String status, Duration lived) {
    open.remove(stream.id());
  }
}
