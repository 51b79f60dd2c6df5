package myxds.snapshot;

import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import myxds.resource.Configuration;
import myxds.resource.Documents;
import myxds.resource.Origin;
import myxds.resource.Parsed;
import myxds.resource.Problem;
import myxds.resource.ResourceParser;
import myxds.snapshot.GroupState.Standing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges each new state of the source, group by group, and publishes what is valid. It is the one
 * writer of the cache: everything below runs on its own thread, but for {@link #submit}, {@link
 * #unavailable} and {@link #state}, which only hand over. Its mailbox holds one state, the newest:
 * a burst of changes costs one judgement.
 */
public final class Publisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);

  private final ResourceParser parser;
  private final SimpleCache<String> cache;
  private final PublishObserver observer;
  private final Clock clock;
  private final AtomicReference<@Nullable Arrival> mailbox = new AtomicReference<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("publisher").daemon().factory());
  private volatile PublishedState state = PublishedState.NOTHING;

  /** A state of the source, and when it came. */
  private record Arrival(Documents documents, long nanos) {}

  /** How a group stands after a judgement, and the problem that the judgement itself found. */
  private record Judged(GroupState state, Outcome outcome) {}

  public Publisher(
      ResourceParser parser, SimpleCache<String> cache, PublishObserver observer, Clock clock) {
    this.parser = parser;
    this.cache = cache;
    this.observer = observer;
    this.clock = clock;
  }

  /** What is served now, and what is wrong. */
  public PublishedState state() {
    return state;
  }

  /** The source holds this now; never blocks. */
  public void submit(Documents documents) {
    mailbox.set(new Arrival(documents, System.nanoTime()));
    execute(this::judgeNewest);
  }

  /** The source cannot be read: what is served stays. Never blocks. */
  public void unavailable(String reason) {
    execute(
        () -> settle(new PublishedState(state.groups(), state.problems(), state.ready(), reason)));
  }

  @Override
  public void close() {
    writer.shutdownNow();
  }

  private void execute(Runnable task) {
    try {
      writer.execute(() -> {
        try {
          task.run();
        } catch (RuntimeException e) {
          log.atError().setCause(e).log("failed to judge a state; what is served stays");
        }
      });
    } catch (RejectedExecutionException e) {
      log.atDebug().log("ignored a change after the stop");
    }
  }

  private void judgeNewest() {
    var arrival = mailbox.getAndSet(null);
    if (arrival == null) {
      return;
    }
    var configuration = Configuration.of(arrival.documents, parser);
    var groups = new TreeMap<String, GroupState>();
    var problems = new ArrayList<>(configuration.problems());
    configuration
        .groups()
        .forEach((name, parsed) -> groups.put(name, judge(name, parsed, arrival, problems)));
    state.groups().values().stream()
        .filter(before -> before.served() != null && !groups.containsKey(before.name()))
        .forEach(gone -> groups.put(gone.name(), judge(gone.name(), NOTHING, arrival, problems)));
    settle(new PublishedState(groups, problems, isReady(groups, configuration), null));
  }

  private static final Parsed NOTHING = new Parsed(List.of(), List.of());

  private void settle(PublishedState settled) {
    state = settled;
    observer.settled(settled);
  }

  /** Nothing at all is a state to serve: a new user's first start. Only wrong things are not. */
  private boolean isReady(SortedMap<String, GroupState> groups, Configuration configuration) {
    return state.ready()
        || groups.values().stream().anyMatch(group -> group.served() != null)
        || (groups.isEmpty() && configuration.problems().stream().noneMatch(Problem::isError));
  }

  private GroupState judge(String name, Parsed parsed, Arrival arrival, List<Problem> problems) {
    var before = state.group(name).orElse(new GroupState(name, Standing.REFUSED, null, null));
    var judged = judge(before, parsed, arrival.nanos);
    if (judged.outcome instanceof Outcome.Held(String why)) {
      problems.add(Problem.warning(Origin.of(name + "/"), why));
    }
    observer.judged(name, judged.outcome);
    return judged.state;
  }

  private Judged judge(GroupState before, Parsed parsed, long arrived) {
    if (parsed.problems().stream().anyMatch(Problem::isError)) {
      var standing = before.served() == null ? Standing.REFUSED : Standing.DEGRADED;
      return new Judged(standing(before, standing), new Outcome.Refused(parsed.problems()));
    }
    if (parsed.resources().isEmpty() && before.served() != null) {
      // An emptied file or a folder that vanished is far more often an accident than a wish.
      return new Judged(
          standing(before, Standing.HELD),
          new Outcome.Held("nothing is left of the group; what its nodes run is still served"));
    }
    var snapshot = GroupSnapshot.of(parsed.resources(), before.served());
    if (before.served() != null && before.served().version().equals(snapshot.version())) {
      return new Judged(standing(before, Standing.PUBLISHED), new Outcome.Unchanged());
    }
    return publish(before.name(), snapshot, arrived);
  }

  private Judged publish(String group, GroupSnapshot snapshot, long arrived) {
    cache.setSnapshot(group, snapshot);
    var took = Duration.ofNanos(System.nanoTime() - arrived);
    return new Judged(
        new GroupState(group, Standing.PUBLISHED, snapshot, Instant.now(clock)),
        new Outcome.Published(snapshot, took));
  }

  private static GroupState standing(GroupState before, Standing standing) {
    return new GroupState(before.name(), standing, before.served(), before.publishedAt());
  }
}
