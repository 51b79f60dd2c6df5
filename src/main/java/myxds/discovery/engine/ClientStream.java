package myxds.discovery.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import myxds.resource.RedactedText;
import myxds.resource.ResourceType;
import myxds.snapshot.TypeView;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream: what it asked for, what it was told, what it made of it. A response is
 * worked out when it can be sent, from the newest state, so that what is overtaken is never sent;
 * per type, one response waits for its judgement at a time. Not safe for threads: its owner calls
 * it from one at a time.
 */
public final class ClientStream {
  private final Outlet outlet;
  private final Gate gate;
  private final Heartbeats heartbeats;
  private final Followers followers;
  private final Map<ResourceType, TypeState> types = new TreeMap<>(Order.OF_TYPES);
  private Format format = new Format(false, false);
  private List<String> features = List.of();
  private @Nullable Served served;
  private long lastNonce;

  public ClientStream(Outlet outlet, Rules rules) {
    this.outlet = outlet;
    this.heartbeats = new Heartbeats(outlet, this::beat);
    this.followers = new Followers(types);
    this.gate = new Gate(types, outlet, rules.patience(), this::pump);
  }

  /** Takes a request of the client and answers what can be answered. */
  public void request(ResourceType type, StreamRequest request) {
    take(type, request);
    pump();
  }

  /**
   * Takes a request of the client; what is to be answered is sent by {@link #pump}.
   *
   * @param type what the request is about; on a stream of one type, the client may leave it out
   */
  public void take(ResourceType type, StreamRequest request) {
    var state = types.computeIfAbsent(type, TypeState::new);
    switch (request) {
      case StreamRequest.Sotw sotw -> {
        if (state.answered() && !state.nonce.equals(sotw.nonce())) {
          return;
        }
        format = Format.of(false, features);
        judge(state, sotw);
        SotwRules.subscribe(state, sotw);
      }
      case StreamRequest.Delta delta -> {
        format = Format.of(true, features);
        judge(state, delta);
        DeltaRules.subscribe(state, delta, served == null ? TypeView.EMPTY : served.view(type));
      }
    }
  }

  /** Offers again what the client refused. */
  public void retry() {
    types.values().forEach(TypeState::retry);
    pump();
  }

  /** What the client's node says that it can do. */
  public void knows(Collection<String> features) {
    this.features = List.copyOf(features);
  }

  /** From now on the client is served this. */
  public void serve(Served next) {
    boolean hasClusters = types.isEmpty() || types.containsKey(ResourceType.CLUSTER);
    if (served != null && served != next && !hasClusters) {
      var clusters =
          served.change(served.view(ResourceType.CLUSTER), next.view(ResourceType.CLUSTER));
      followers.followElsewhere(clusters, next);
    }
    served = next;
    pump();
  }

  /** The stream is over. */
  public void close() {
    types.values().forEach(gate::release);
  }

  /** What it is served; null when its group has nothing yet. */
  public @Nullable Served served() {
    return served;
  }

  /** Where the client stands with each resource that it wants; none before it is served. */
  public List<ResourceStatus> statuses() {
    var now = served;
    return now == null
        ? List.of()
        : types.values().stream()
            .filter(state -> state.asked)
            .flatMap(state -> ResourceStatus.of(state, now).stream())
            .toList();
  }

  /**
   * Sends whatever can be sent now: after a request, a publication, or when the transport is free.
   */
  public void pump() {
    if (served != null) {
      send(served);
    }
    for (var state : types.values()) {
      var standing = state.standing();
      if (state.asked && !standing.equals(state.told)) {
        state.told = standing;
        outlet.moved(standing);
      }
    }
  }

  private void send(Served served) {
    // The claims of all types first: what one may do depends on what the others hold.
    for (var state : new ArrayList<>(types.values())) {
      if (state.asked) {
        resolve(state, served);
      }
    }
    boolean sent = true;
    while (sent) {
      // What was sent may be followed by resources of a type that comes before it.
      sent = sendOnce(served);
    }
  }

  /** Sends one response of each type that has something to tell; whether there was any. */
  private boolean sendOnce(Served served) {
    boolean sent = false;
    for (var state : new ArrayList<>(types.values())) {
      if (!outlet.isReady()) {
        return false;
      }
      if (state.asked && !state.inFlight) {
        sent |= answer(state, served);
      }
    }
    return sent;
  }

  private void resolve(TypeState state, Served served) {
    var claim = state.claim;
    if (claim != null) {
      state.claim = null;
      claim.resolve(state, served);
      if (format.delta()) {
        followers.returns(served);
      }
      gate.meets(state);
    }
  }

  /** Whether a response was sent. */
  private boolean answer(TypeState state, Served served) {
    var target = gate.target(state, served);
    if (target.isEmpty()) {
      return false;
    }
    var question = Question.of(state, format, target.get());
    var body = question.isSettled() ? Optional.<Body>empty() : served.body(question);
    if (body.isEmpty()) {
      state.settle(target.get());
      heartbeats.begin(state, format);
      return false;
    }
    var response = new Response(body.get(), ++lastNonce);
    state.sent(target.get(), served.snapshot().version(), response.nonce());
    outlet.send(response);
    heartbeats.begin(state, format);
    followers.follow(question, served);
    return true;
  }

  /** Tells that what has a time to live lives on, if nothing waits for its judgement. */
  private void beat(TypeState state) {
    boolean judged = !state.inFlight && state.verdict != TypeState.Verdict.NACKED;
    if (served != null && judged && outlet.isReady()) {
      var body = served.heartbeat(Question.of(state, format, state.basis()));
      var response = new Response(body, ++lastNonce);
      state.beaten(response.nonce());
      outlet.send(response);
    }
    heartbeats.begin(state, format);
  }

  private Refusal refusal(TypeState state, String reason) {
    var accepted = state.acked == null ? TypeView.EMPTY : state.acked;
    var change = served == null ? Change.NOTHING : served.change(accepted, state.basis());
    var news =
        Stream.of(change.added(), change.updated())
            .flatMap(List::stream)
            .filter(state.subscription::wants)
            .toList();
    var blamed = Blame.of(reason, state.basis(), news);
    return new Refusal(
        state.basis().version(),
        state.sentFor,
        state.reason,
        blamed == null ? null : blamed.resource());
  }

  private String redacted(String words, TypeState state) {
    return served == null ? RedactedText.of(words).strip() : served.redacted(words, state.basis());
  }

  private void judge(TypeState state, StreamRequest request) {
    if (!state.inFlight || !state.nonce.equals(request.nonce())) {
      return;
    }
    var refusal = request.refusal();
    state.judged(refusal.isEmpty());
    state.reason = refusal.map(words -> redacted(words, state)).orElse("");
    if (refusal.isPresent()) {
      outlet.nacked(state.type, refusal(state, refusal.get()));
    } else {
      outlet.acked(state.type, state.basis().version());
      if (served != null) {
        gate.acked(state, served);
      }
    }
  }
}
