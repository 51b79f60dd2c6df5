package myxds.discovery.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import myxds.resource.ResourceType;
import myxds.resource.XdsName;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;

/**
 * All that an answer depends on, and so the key under which its body is shared. Views count by
 * their content.
 *
 * @param due answer even if there is nothing to say
 * @param all tell everything that is wanted, changed or not
 * @param named tell of these names, changed or not
 * @param again tell of these resources too, because others that reference them were sent
 */
record Question(
    ResourceType type,
    Format format,
    Content from,
    Content to,
    Subscription subscription,
    boolean due,
    boolean all,
    Set<String> named,
    Set<String> again) {

  /** A view that equals every view of the same content. */
  record Content(TypeView view) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Content that && view.sameAs(that.view);
    }

    @Override
    public int hashCode() {
      return view.version().hashCode();
    }
  }

  static Question of(TypeState state, Format format, TypeView to) {
    return new Question(
        state.type,
        format,
        new Content(state.basis()),
        new Content(to),
        state.subscription,
        state.due,
        state.all,
        Set.copyOf(state.forced),
        again(state, to));
  }

  private static Set<String> again(TypeState state, TypeView to) {
    var again = new HashSet<String>();
    for (var name : state.again) {
      var resource = to.get(name);
      if (resource != null && state.subscription.wants(resource)) {
        again.add(name);
      }
    }
    return Set.copyOf(again);
  }

  /** Whether it needs no look at what changed to know that nothing is to be said. */
  boolean isSettled() {
    return !due && !all && named.isEmpty() && again.isEmpty() && from.equals(to);
  }

  /** What is to be told, given what changed. */
  Telling telling(Change change) {
    var resources = new LinkedHashMap<String, Versioned>();
    add(resources, change.updated());
    add(resources, change.added());
    if (all) {
      add(resources, to.view().all());
    }
    var removed =
        change.removed().stream().filter(subscription::wants).map(Versioned::name).toList();
    var missing = new TreeSet<String>();
    for (var name : all ? subscription.names() : List.<String>of()) {
      if (found(name).isEmpty()) {
        missing.add(name);
      }
    }
    for (var name : named) {
      var found = found(name);
      found.forEach(resource -> resources.put(resource.name(), resource));
      if (found.isEmpty()) {
        missing.add(name);
      }
    }
    again.forEach(name -> found(name).forEach(one -> resources.put(one.name(), one)));
    removed.forEach(missing::remove);
    resources.values().removeIf(Versioned::isClaimed);
    return new Telling(List.copyOf(resources.values()), removed, List.copyOf(missing));
  }

  /**
   * Returns the resources of the answer but those that are only sent again: the client may have
   * none of them.
   */
  Collection<Versioned> news(Change change) {
    var news = new LinkedHashMap<String, Versioned>();
    add(news, change.updated());
    add(news, change.added());
    if (all) {
      add(news, to.view().all());
    }
    named.forEach(name -> found(name).forEach(one -> news.put(one.name(), one)));
    return news.values();
  }

  private void add(Map<String, Versioned> resources, List<Versioned> more) {
    for (var resource : more) {
      if (subscription.wants(resource)) {
        resources.put(resource.name(), resource);
      }
    }
  }

  /** What a name stands for: one resource, or the members of a glob. */
  private List<Versioned> found(String name) {
    var resource = to.view().find(name);
    if (resource != null) {
      return List.of(resource);
    }
    if (!XdsName.isGlob(name)) {
      return List.of();
    }
    return to.view().all().stream()
        .filter(member -> XdsName.globMatches(name, member.name()))
        .toList();
  }
}
