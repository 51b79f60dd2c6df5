package myxds.discovery.engine;

import java.util.ArrayList;
import java.util.List;
import myxds.discovery.engine.TypeState.Verdict;
import myxds.resource.ResourceType;
import myxds.snapshot.Versioned;

/**
 * Where a client stands with one resource that it wants.
 *
 * @param resource as it is served now, or as it was sent last if it is not served any more
 * @param reason the client's words if it NACKed it, without secrets; else empty
 */
public record ResourceStatus(ResourceType type, Versioned resource, State state, String reason) {

  /** How far it came. */
  public enum State {
    /** The client took it. */
    ACKED,
    /** It was sent, or another version of it was, and is not judged yet. */
    SENT,
    /** The client refused the response that it was in. */
    NACKED,
    /** The client was not sent it. */
    NOT_SENT
  }

  static List<ResourceStatus> of(TypeState state, Served served) {
    var statuses = new ArrayList<ResourceStatus>();
    for (var one : served.view(state.type).all()) {
      if (state.subscription.wants(one)) {
        statuses.add(of(state, one));
      }
    }
    for (var gone : served.change(state.basis(), served.view(state.type)).removed()) {
      if (state.subscription.wants(gone)) {
        statuses.add(new ResourceStatus(state.type, gone, State.SENT, ""));
      }
    }
    return statuses;
  }

  private static ResourceStatus of(TypeState state, Versioned current) {
    var held = state.basis().get(current.name());
    if (held == null || state.forced.contains(current.name())) {
      return new ResourceStatus(state.type, current, State.NOT_SENT, "");
    }
    var acked = state.acked == null ? null : state.acked.get(current.name());
    if (acked != null && acked.version().equals(current.version())) {
      return new ResourceStatus(state.type, current, State.ACKED, "");
    }
    boolean refused = state.verdict == Verdict.NACKED && held.version().equals(current.version());
    return refused
        ? new ResourceStatus(state.type, current, State.NACKED, state.reason)
        : new ResourceStatus(state.type, current, State.SENT, "");
  }
}
