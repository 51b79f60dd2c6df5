package myxds.discovery.engine;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import myxds.resource.XdsName;
import myxds.snapshot.Versioned;

/**
 * What a client wants of a type, in canonical form; immutable. Equal ones are one object, so that a
 * thousand Envoys that ask for the same 500 names cost what one costs.
 */
final class Subscription {
  /** How a client spells "all". */
  static final String WILDCARD = "*";

  private static final Interner<Subscription> INTERNER = Interners.newWeakInterner();

  /** Nothing. */
  static final Subscription NONE = of(false, List.of());

  /** Everything. */
  static final Subscription ALL = of(true, List.of());

  private final boolean wildcard;
  private final String[] names;
  private final String[] globs;
  private final List<String> spelled;
  private final int hash;

  private Subscription(boolean wildcard, String[] names) {
    this.wildcard = wildcard;
    this.names = names;
    this.globs = Arrays.stream(names).filter(XdsName::isGlob).toArray(String[]::new);
    this.spelled =
        wildcard
            ? Stream.concat(Stream.of(WILDCARD), Arrays.stream(names)).toList()
            : List.of(names);
    this.hash = Arrays.hashCode(names) * 31 + Boolean.hashCode(wildcard);
  }

  /**
   * @param names canonical ones; repeats and the wildcard's own name among them do not matter
   */
  static Subscription of(boolean wildcard, Collection<String> names) {
    var sorted =
        names.stream()
            .filter(name -> !name.equals(WILDCARD))
            .sorted()
            .distinct()
            .toArray(String[]::new);
    return INTERNER.intern(new Subscription(wildcard, sorted));
  }

  boolean isWildcard() {
    return wildcard;
  }

  /** The names asked for besides the wildcard, sorted. */
  List<String> names() {
    return List.of(names);
  }

  /** As a client would ask for it, the wildcard first; always the same list. */
  List<String> spelled() {
    return spelled;
  }

  /** Whether this very name was asked for. */
  boolean has(String name) {
    return Arrays.binarySearch(names, name) >= 0;
  }

  /** Whether the client wants to be told of this resource. */
  boolean wants(Versioned resource) {
    if (wildcard || has(resource.name())) {
      return true;
    }
    for (var alias : resource.aliases()) {
      if (has(alias)) {
        return true;
      }
    }
    return wantsByGlob(resource.name());
  }

  private boolean wantsByGlob(String name) {
    for (var glob : globs) {
      if (XdsName.globMatches(glob, name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Subscription that
            && hash == that.hash
            && wildcard == that.wildcard
            && Arrays.equals(names, that.names));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return (wildcard ? "* " : "") + String.join(" ", names);
  }
}
