package myxds.discovery.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import myxds.resource.ResourceType;

/** A transport in memory: keeps what is sent until somebody reads it, and lets time be called. */
final class Wire implements Outlet {
  final Map<ResourceType, Standing> standings = new HashMap<>();
  final Queue<Response> sent = new ArrayDeque<>();
  final List<String> events = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();
  boolean ready = true;

  /** Returns the last standing of a type that was told. */
  Standing standing(ResourceType type) {
    return Objects.requireNonNull(standings.get(type));
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void send(Response response) {
    sent.add(response);
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    timers.add(task);
  }

  /** All times that were set have come; whether there were any. */
  boolean elapse() {
    var due = List.copyOf(timers);
    timers.clear();
    due.forEach(Runnable::run);
    return !due.isEmpty();
  }

  @Override
  public void acked(ResourceType type, String version) {
    events.add("acked " + type);
  }

  @Override
  public void nacked(ResourceType type, Refusal refusal) {
    events.add("nacked " + type + " " + refusal.reason());
  }

  @Override
  public void moved(Standing standing) {
    standings.put(standing.type(), standing);
  }

  @Override
  public void held(ResourceType type, String reason) {
    events.add("held " + type + " " + reason);
  }

  @Override
  public void released(ResourceType type, boolean expired) {
    events.add((expired ? "expired " : "released ") + type);
  }
}
