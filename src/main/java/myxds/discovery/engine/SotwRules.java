package myxds.discovery.engine;

import java.util.List;
import myxds.resource.ResourceType;
import myxds.resource.XdsName;

/** How a state-of-the-world client asks. Its names are always all that it wants. */
final class SotwRules {
  private SotwRules() {}

  /** Takes over what the request wants; the nonce was looked at before. */
  static void subscribe(TypeState state, StreamRequest.Sotw request) {
    var names = request.names().stream().map(XdsName::canonical).toList();
    boolean first = !state.asked;
    var wanted = wanted(state, names);
    if (first) {
      first(state, wanted, request.version());
    } else if (!wanted.equals(state.subscription)) {
      changed(state, wanted);
    }
    state.subscription = wanted;
  }

  /** No names mean everything, until a name was given once. */
  private static Subscription wanted(TypeState state, List<String> names) {
    state.named |= !names.isEmpty();
    if (!state.named) {
      return state.type.equals(ResourceType.VIRTUAL_HOST) ? Subscription.NONE : Subscription.ALL;
    }
    return Subscription.of(names.contains(Subscription.WILDCARD), names);
  }

  private static void first(TypeState state, Subscription wanted, String version) {
    state.asked = true;
    state.due = wanted.isWildcard() || isWhole(state.type);
    state.all = true;
    if (!version.isEmpty()) {
      state.claim = (same, served) -> resolve(same, version, served);
    }
  }

  /** A version of everything says all that the client holds; of a choice, what it may run. */
  private static void resolve(TypeState state, String version, Served served) {
    var view = served.view(state.type, version);
    state.unknown = view == null;
    state.acked = view;
    if (view == null || !isWhole(state.type) || !state.subscription.equals(Subscription.ALL)) {
      return;
    }
    state.held = view;
    state.all = false;
    state.due = false;
  }

  private static void changed(TypeState state, Subscription wanted) {
    if (wanted.isWildcard() && !state.subscription.isWildcard()) {
      state.all = true;
    }
    for (var name : wanted.names()) {
      if (!state.subscription.has(name)) {
        state.forced.add(name);
      }
    }
    state.forced.removeIf(name -> !wanted.has(name));
  }

  /**
   * Whether a response always holds everything that the client wants, so that a client reads an
   * absence as a removal. Other types may be sent in part.
   */
  static boolean isWhole(ResourceType type) {
    return type.equals(ResourceType.LISTENER) || type.equals(ResourceType.CLUSTER);
  }
}
