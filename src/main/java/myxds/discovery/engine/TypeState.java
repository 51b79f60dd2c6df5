package myxds.discovery.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import myxds.resource.ResourceType;
import myxds.snapshot.TypeView;
import org.jspecify.annotations.Nullable;

/**
 * Where one stream stands with one type. What the client holds is told by a view: it is in the
 * state of {@code held} for every name that it wants and that is not in {@code forced}.
 */
final class TypeState {
  final ResourceType type;

  /** Whether the client has asked for this type on this stream. */
  boolean asked;

  Subscription subscription = Subscription.NONE;

  /** The client has given names: from then on no names no longer mean everything. */
  boolean named;

  /** What the client said that it holds, until there is a state to compare it with. */
  @Nullable Claim claim;

  /** What was sent last, or what the client claims; null: nothing, or something unknown. */
  @Nullable TypeView held;

  /** What the client said that it holds is unknown here. */
  boolean unknown;

  /** What the client accepted last; null when nothing yet. */
  @Nullable TypeView acked;

  Verdict verdict = Verdict.NONE;

  /**
   * Names that were sent since the client accepted anything, besides what a view's change tells.
   */
  Set<String> unaccepted = new HashSet<>();

  /** Of the group's state that the last response was sent for. */
  String sentFor = "";

  /** What was told of it last. */
  @Nullable Standing told;

  /** Why the client NACKed the last response, without secrets; empty if it did not. */
  String reason = "";

  /** Of the last response; empty before the first. */
  String nonce = "";

  /** A response was sent that the client has not judged yet. */
  boolean inFlight;

  /** The next answer is sent even if there is nothing in it. */
  boolean due;

  /** Everything that the client wants must be sent, whether it changed or not. */
  boolean all;

  /** Names that must be told of, whether they changed or not. */
  Set<String> forced = new HashSet<>();

  /** Names that are sent again if the client has them: what they depend on was replaced. */
  Set<String> again = new HashSet<>();

  /** Why nothing is sent though something could be; null when that is not so. */
  @Nullable Hold hold;

  /** What the client made of what it was sent last. */
  enum Verdict {
    NONE,
    ACKED,
    NACKED
  }

  /** What a client brings from an earlier stream. */
  interface Claim {
    void resolve(TypeState state, Served served);
  }

  TypeState(ResourceType type) {
    this.type = type;
  }

  /** The view that answers are a difference to. */
  TypeView basis() {
    return held == null ? TypeView.EMPTY : held;
  }

  boolean answered() {
    return !nonce.isEmpty();
  }

  /** Whether the client may run something that its next answer replaces. */
  boolean hasPast() {
    return unknown || acked != null || (held != null && held.size() > 0);
  }

  /** A client may run what it accepted last, and what it was sent since. */
  Collection<TypeView> mayRun() {
    var views = new HashSet<TypeView>();
    if (acked != null) {
      views.add(acked);
    }
    if (held != null) {
      views.add(held);
    }
    return views;
  }

  /** Whether the client was brought to this state, and nothing else is to be told. */
  boolean isAt(TypeView view) {
    return held != null && held.sameAs(view) && !due && !all && forced.isEmpty();
  }

  Standing standing() {
    boolean pending =
        due || all || !forced.isEmpty() || !again.isEmpty() || claim != null || hold != null;
    return new Standing(
        type,
        subscription.spelled(),
        held == null ? "" : held.version(),
        acked == null ? "" : acked.version(),
        held != null && !inFlight && !pending && verdict != Verdict.NACKED,
        hold == null ? "" : hold.reason);
  }

  /** The client is in this state now, and nothing needed sending for it. */
  void settle(TypeView view) {
    if (held != null && acked == held) {
      acked = view;
    } else if (!basis().sameAs(view)) {
      // What was refused is no longer asked of the client.
      verdict = Verdict.NONE;
    }
    held = view;
    unknown = false;
    served();
  }

  /** The client was sent this. */
  void sent(TypeView view, String sentFor, String nonce) {
    unaccepted.addAll(forced);
    held = view;
    this.sentFor = sentFor;
    this.nonce = nonce;
    inFlight = true;
    verdict = Verdict.NONE;
    served();
  }

  /** The client was told that what it holds lives on. */
  void beaten(String nonce) {
    this.nonce = nonce;
    inFlight = true;
  }

  /** What was refused is to be offered once more. */
  void retry() {
    if (verdict == Verdict.NACKED) {
      verdict = Verdict.NONE;
      all = true;
      due = true;
    }
  }

  private void served() {
    due = false;
    all = false;
    if (!forced.isEmpty()) {
      forced = new HashSet<>();
    }
    if (!again.isEmpty()) {
      again = new HashSet<>();
    }
  }

  /** The client judged the last response. */
  void judged(boolean accepted) {
    inFlight = false;
    verdict = accepted ? Verdict.ACKED : Verdict.NACKED;
    if (accepted) {
      acked = held;
      unknown = false;
      unaccepted = new HashSet<>();
    }
  }
}
