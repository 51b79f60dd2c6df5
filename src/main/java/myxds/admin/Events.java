package myxds.admin;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import myxds.fleet.ClientKey;
import myxds.fleet.FleetObserver;
import myxds.fleet.Nack;
import myxds.snapshot.Outcome;
import myxds.snapshot.PublishObserver;
import myxds.snapshot.PublishedState;
import org.jspecify.annotations.Nullable;

/**
 * What happened lately, numbered. Whoever tells of it hands over and goes on: nobody waits for a
 * reader, and one that is too slow misses something and is told so.
 */
public final class Events implements PublishObserver, FleetObserver {
  private static final int KEPT = 1 << 14;

  private final InstantSource clock;
  private final AtomicReferenceArray<@Nullable Event> ring = new AtomicReferenceArray<>(KEPT);
  private final AtomicLong last = new AtomicLong();

  public Events(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Something that happened.
   *
   * @param id the first is 1
   */
  record Event(long id, Instant at, Content content) {

    /** As a server-sent event. */
    String written() {
      var json = new JsonObject();
      json.addProperty("at", at.toString());
      for (int i = 0; i < content.facts.size(); i += 2) {
        json.addProperty(content.facts.get(i), content.facts.get(i + 1));
      }
      return "id: %d\nevent: %s\ndata: %s\n\n".formatted(id, content.kind, json);
    }
  }

  /** What happened, and names and values by turns. */
  record Content(String kind, List<String> facts) {}

  /** The number of the newest; 0 before the first. */
  long last() {
    return last.get();
  }

  /** The oldest that is still known. */
  long oldest() {
    return Math.max(1, last.get() - KEPT + 1);
  }

  /**
   * Those from this number on, at most so many.
   *
   * @return null if the first of them is forgotten
   */
  @Nullable List<Event> from(long first, int most) {
    var events = new ArrayList<Event>();
    for (long id = first; id <= last.get() && events.size() < most; id++) {
      var event = ring.get((int) (id % KEPT));
      if (event == null || event.id < id) {
        // Somebody has taken the number and is about to put it there.
        return events;
      }
      if (event.id > id) {
        return null;
      }
      events.add(event);
    }
    return events;
  }

  @Override
  public void judged(String group, Outcome outcome) {
    switch (outcome) {
      case Outcome.Published(var snapshot, var took) ->
          add("published", "group", group, "version", snapshot.version());
      case Outcome.Refused refused -> add("refused", "group", group, "message", refused.summary());
      case Outcome.Held(var held) ->
          add(
              held.cause().word(),
              "group",
              group,
              "version",
              held.next().version(),
              "message",
              held.cause().why());
      case Outcome.Unchanged() -> {}
    }
  }

  @Override
  public void settled(PublishedState state) {
    add("settled");
  }

  @Override
  public void connected(String node, String group) {
    add("connected", "group", group, "node", node);
  }

  @Override
  public void disconnected(String node, String group) {
    add("disconnected", "group", group, "node", node);
  }

  @Override
  public void converged(ClientKey client, String group, Convergence to) {
    add("acked", "group", group, "node", client.id(), "version", to.version());
  }

  @Override
  public void refused(ClientKey client, String group, Nack nack) {
    add(
        "nacked",
        "group",
        group,
        "node",
        client.id(),
        "type",
        nack.type().plural(),
        "version",
        nack.version(),
        "reason",
        nack.reason());
  }

  private void add(String kind, String... facts) {
    long id = last.incrementAndGet();
    ring.set((int) (id % KEPT), new Event(id, clock.instant(), new Content(kind, List.of(facts))));
  }
}
