package myxds.snapshot;

import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import myxds.gate.Candidate;
import myxds.gate.Gate;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.snapshot.GroupState.Standing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges each new state of the source, group by group, and publishes what is valid. The one writer
 * of the cache: the public methods hand over to its thread. Its mailbox holds one state, the
 * newest: a burst of changes costs one judgement.
 */
public final class Publisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);

  private final Supplier<Checks> checks;
  private final Shelf shelf;
  private final PublishObserver observer;
  private final AtomicReference<@Nullable Arrival> mailbox = new AtomicReference<>();
  private final Writer writer = new Writer(this::failed);
  private volatile PublishedState state = PublishedState.NOTHING;

  // Owned by the writer.
  private final Trials trials;

  /** Null while the source cannot be read. */
  private @Nullable Arrival last;

  /**
   * Everything that a state has to pass.
   *
   * @param settings returns the problems of the daemon's settings; its argument tells whether the
   *     source has a group
   */
  public record Checks(
      Gate gate,
      Guard guard,
      Opinion opinion,
      Function<Predicate<String>, List<Problem>> settings) {

    public Checks(Gate gate, Guard guard, Opinion opinion) {
      this(gate, guard, opinion, hasFolder -> List.of());
    }

    /** Returns whether each state passes both or neither. */
    boolean isAsStrictAs(Checks other) {
      return gate.equals(other.gate) && guard.equals(other.guard) && opinion.equals(other.opinion);
    }
  }

  /** Where what is published goes: kept in {@code lastGood} before it is served. */
  public record Shelves(SimpleCache<String> cache, LastGood lastGood, InstantSource clock) {}

  /** A state of the source, and when it came. */
  private record Arrival(Documents documents, long nanos) {}

  public Publisher(Checks checks, Shelves shelves, PublishObserver observer) {
    this(() -> checks, shelves, observer);
  }

  /** The checks are asked for with each state; after a change of them call {@link #recheck}. */
  public Publisher(Supplier<Checks> checks, Shelves shelves, PublishObserver observer) {
    this.checks = checks;
    this.trials = new Trials(checks.get());
    this.shelf = new Shelf(shelves, observer);
    this.observer = observer;
    new Upkeep(shelf, writer, () -> state.groups(), () -> settle(state)).start();
  }

  /** What is served now, and what is wrong. */
  public PublishedState state() {
    return state;
  }

  /** Returns how many states wait to be judged: the newest or none. */
  public int waiting() {
    return mailbox.get() == null ? 0 : 1;
  }

  /**
   * Takes what was published before the last stop for what is served, until the source is heard of;
   * called once, before it is. Never blocks.
   */
  public void restore() {
    writer.execute(
        () -> state = new PublishedState(shelf.restore(), List.of(), false, state.trouble()));
  }

  /** The source holds this now; never blocks. */
  public void submit(Documents documents) {
    mailbox.set(new Arrival(documents, System.nanoTime()));
    writer.execute(this::judgeNewest);
  }

  /**
   * Completes with the state in which everything that was submitted before this call was judged;
   * never blocks. Fails if the publisher is closed before.
   */
  public CompletableFuture<PublishedState> judged() {
    var answer = new CompletableFuture<PublishedState>();
    if (!writer.execute(() -> answer.complete(state))) {
      answer.completeExceptionally(new IllegalStateException("the publisher is closed"));
    }
    return answer;
  }

  /** The source cannot be read: what is served stays. Never blocks. */
  public void unavailable(String reason) {
    writer.execute(() -> {
      last = null;
      boolean ready = state.ready() || PublishedState.isServing(state.groups());
      settle(new PublishedState(state.groups(), state.problems(), ready, reason));
    });
  }

  /** The checks changed: what the source holds is judged again. Never blocks. */
  public void recheck() {
    writer.execute(() -> {
      if (last == null) {
        settle(state);
      } else if (mailbox.get() == null) {
        judge(new Arrival(last.documents, System.nanoTime()));
      }
    });
  }

  /**
   * Publishes what is held, exactly as it was looked at; never blocks.
   *
   * @param group null for every one
   * @param version of the held state; null for whatever is held
   */
  public CompletableFuture<Approval> approve(@Nullable String group, @Nullable String version) {
    var answer = new CompletableFuture<Approval>();
    writer.execute(() -> answer.complete(approved(new Wish(group, version))));
    return answer;
  }

  /**
   * Goes back, and holds what is served, if it still is what is to go; never blocks.
   *
   * @param to what was served before
   */
  public void rollBack(String group, Rollback to) {
    writer.execute(() -> rolledBack(group, to));
  }

  /** Lets what is being published get to its end. */
  @Override
  public void close() {
    mailbox.set(null);
    writer.close();
  }

  private void failed(Throwable e) {
    log.atError().setCause(e).log("failed to judge a state; what is served stays");
    trials.forget();
    settle(state.inTrouble("cannot be judged: " + e));
  }

  private void judgeNewest() {
    var arrival = mailbox.getAndSet(null);
    if (arrival != null) {
      judge(arrival);
    }
  }

  private void judge(Arrival arrival) {
    last = arrival;
    var groups = new TreeMap<String, GroupState>();
    trials
        .begin(arrival.documents, checks.get(), state.groups())
        .forEach((name, candidate) -> groups.put(name, judge(candidate, arrival)));
    withdraw(groups);
    settle(settled(groups, null));
  }

  /** Forgets the groups that have no folder and are served nothing any more. */
  private void withdraw(SortedMap<String, GroupState> groups) {
    for (var group : List.copyOf(groups.values())) {
      if (group.standing() == Standing.PUBLISHED && !trials.isInSource(group.name())) {
        groups.remove(group.name());
        shelf.forget(group.name());
      }
    }
  }

  private void settle(PublishedState settled) {
    var wrong = new ArrayList<>(checks.get().settings.apply(trials::hasFolder));
    wrong.addAll(shelf.problems());
    state = settled.with(wrong);
    observer.settled(state);
  }

  private PublishedState settled(SortedMap<String, GroupState> groups, @Nullable String trouble) {
    var problems = new ArrayList<>(trials.problems());
    for (var group : groups.values()) {
      if (group.held() != null) {
        problems.addAll(group.held().problems(group.name()));
      }
    }
    return new PublishedState(groups, problems, isReady(groups), trouble);
  }

  /** Nothing at all is a state to serve: a new user's first start. Only wrong things are not. */
  private boolean isReady(Map<String, GroupState> groups) {
    return state.ready()
        || PublishedState.isServing(groups)
        || (groups.isEmpty() && !trials.foundErrors());
  }

  private GroupState judge(Candidate candidate, Arrival arrival) {
    var name = candidate.group();
    var known = state.group(name).orElseGet(() -> GroupState.unknown(name));
    var before = shelf.completed(known, candidate);
    var result = trials.result(candidate, before.served());
    return result.isEmpty() ? before : judged(before, result.get(), arrival);
  }

  private GroupState judged(GroupState before, Trial.Result result, Arrival arrival) {
    return switch (result) {
      case Trial.Result.Fit(var next) -> {
        var cause = shelf.withdrawn(before.name(), next);
        yield cause == null
            ? publish(before, next, arrival.nanos)
            : hold(before, new GroupState.Held(next, cause));
      }
      case Trial.Result.Same() ->
          told(before.standing(Standing.PUBLISHED), new Outcome.Unchanged());
      case Trial.Result.Doubtful(var held) -> hold(before, held);
      case Trial.Result.Unfit(var problems) ->
          told(before.refused(), new Outcome.Refused(problems));
    };
  }

  private GroupState publish(GroupState before, GroupSnapshot next, long since) {
    var state = shelf.publish(before, next);
    return told(state, new Outcome.Published(next, Duration.ofNanos(System.nanoTime() - since)));
  }

  private GroupState told(GroupState state, Outcome outcome) {
    observer.judged(state.name(), outcome);
    return state;
  }

  private Approval approved(Wish wish) {
    long since = System.nanoTime();
    var groups = new TreeMap<>(state.groups());
    var approved = new TreeMap<String, String>();
    for (var one : state.groups().values()) {
      if (wish.means(one)) {
        var next = Objects.requireNonNull(one.held()).next();
        groups.put(one.name(), publish(one, next, since));
        approved.put(one.name(), next.version());
      }
    }
    if (approved.isEmpty()) {
      return new Approval.NothingHeld(wish.nothing(state.groups().values()));
    }
    withdraw(groups);
    settle(settled(groups, state.trouble()));
    return new Approval.Approved(approved);
  }

  private void rolledBack(String group, Rollback to) {
    var before = state.group(group).orElse(null);
    if (before == null || before.served() == null || !before.served().version().equals(to.from())) {
      return;
    }
    var held = new GroupState.Held(before.served(), to.cause());
    shelf.withdraw(group, to);
    var good = publish(before, to.good(), System.nanoTime());
    var groups = new TreeMap<>(state.groups());
    groups.put(group, hold(good, held));
    settle(settled(groups, state.trouble()));
  }

  private GroupState hold(GroupState before, GroupState.Held held) {
    return told(before.holding(held), new Outcome.Held(held));
  }
}
