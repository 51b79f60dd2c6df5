package myxds.fleet;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import myxds.discovery.engine.Standing;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.KeptRefusal;
import org.jspecify.annotations.Nullable;

/**
 * The content of one type that clients of a group NACKed, with the last NACK of each id and build.
 * Equal to itself only. Safe for many threads; bounded, whatever clients call themselves.
 */
final class RefusedContent {
  private static final int MOST = 10_000;

  private final Key key;
  private final String of;
  private final Map<Who, Refuser> refusers = new ConcurrentHashMap<>();

  /** A type and the version of its content. */
  record Key(ResourceType type, String version) {}

  /** Clients that are alike: what one of them NACKs, another probably does too. */
  record Who(String id, String build) {}

  /**
   * A NACK and what its client had before.
   *
   * @param good the version of the state that it ACKed last as a whole; empty when none
   */
  record Refuser(String good, Nack nack) {}

  /**
   * @param of the version of the state that it was part of when it was refused first
   */
  RefusedContent(Key key, String of) {
    this.key = key;
    this.of = of;
  }

  Key key() {
    return key;
  }

  /** Whether a client that NACKed this NACKs that state. */
  boolean isIn(GroupSnapshot state) {
    return of.equals(state.version()) || key.version.equals(state.version(key.type));
  }

  /** Whether it was NACKed with just that state, so that all of the state is in doubt. */
  boolean isOf(GroupSnapshot state) {
    return of.equals(state.version());
  }

  /** Whether a client that stands so runs it. */
  boolean isRunBy(Standing standing) {
    return standing.settled()
        && standing.type().equals(key.type)
        && standing.sent().equals(key.version);
  }

  void add(Who who, Refuser refuser) {
    if (refusers.size() < MOST || refusers.containsKey(who)) {
      refusers.put(who, refuser);
    }
  }

  /** Returns the last NACK of such a client; null when there was none. */
  @Nullable Refuser by(Who who) {
    return refusers.get(who);
  }

  /** Forgets this NACK, because its client ACKed the content. Whether it was known. */
  boolean forget(Who who, Refuser refuser) {
    return refusers.remove(who, refuser);
  }

  /**
   * Forgets the NACKs of an id.
   *
   * @param id null for all
   * @return the ids that had any
   */
  Set<String> forget(@Nullable String id) {
    var ids =
        refusers.keySet().stream()
            .map(Who::id)
            .filter(one -> id == null || id.equals(one))
            .collect(Collectors.toCollection(HashSet::new));
    refusers.keySet().removeIf(who -> ids.contains(who.id));
    return ids;
  }

  /** Returns all NACKs in the form in which they are stored. */
  List<KeptRefusal> kept(String group) {
    return refusers.entrySet().stream()
        .map(one -> {
          var who = one.getKey();
          var nack = one.getValue().nack;
          var good = one.getValue().good;
          return new KeptRefusal(group, nack.of(), who.id, who.build, good, nack.kept());
        })
        .toList();
  }
}
