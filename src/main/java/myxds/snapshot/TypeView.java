package myxds.snapshot;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import myxds.resource.XdsName;
import org.jspecify.annotations.Nullable;

/**
 * All resources of one type at one moment, sorted by name; immutable. A stream points to the view
 * that its client was sent last, so that a thousand streams in one state share one object.
 */
public final class TypeView {
  private static final Comparator<Versioned> BY_NAME = Comparator.comparing(Versioned::name);

  /** No resources. */
  public static final TypeView EMPTY = of(List.of());

  private final Versioned[] sorted;
  private final Map<String, Versioned> byAlias;
  private final List<Versioned> mortal;
  private final String version;

  private TypeView(Versioned[] sorted) {
    this.sorted = sorted;
    this.byAlias = byAlias(sorted);
    this.mortal = Arrays.stream(sorted).filter(one -> one.ttl() != null).toList();
    this.version = ContentVersion.ofAll(Arrays.asList(sorted));
  }

  /** A view of these; no two of them have one name. */
  public static TypeView of(Collection<Versioned> resources) {
    var sorted = resources.toArray(Versioned[]::new);
    Arrays.sort(sorted, BY_NAME);
    return new TypeView(sorted);
  }

  /** The version of all of it: equal content, equal version. */
  public String version() {
    return version;
  }

  /** The resources, sorted by name. */
  public List<Versioned> all() {
    return Collections.unmodifiableList(Arrays.asList(sorted));
  }

  /** Those with a time to live. */
  public List<Versioned> mortal() {
    return mortal;
  }

  public int size() {
    return sorted.length;
  }

  /** The resource of this name; null when there is none. */
  public @Nullable Versioned get(String name) {
    int low = 0;
    int high = sorted.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = sorted[middle].name().compareTo(name);
      if (order == 0) {
        return sorted[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** The resource of this name, or the one that has it as an alias; null when there is none. */
  public @Nullable Versioned find(String name) {
    var resource = get(name);
    return resource != null ? resource : byAlias.get(name);
  }

  /** Those of these names, as far as they exist; all when there are none or one is {@code *}. */
  public TypeView only(Collection<String> names) {
    if (names.isEmpty() || names.contains("*")) {
      return this;
    }
    return of(
        names.stream()
            .map(XdsName::canonical)
            .distinct()
            .flatMap(name -> Optional.ofNullable(get(name)).stream())
            .toList());
  }

  /** Whether who asks for this name gets nothing; a wildcard is no name. */
  public boolean isMissing(String name) {
    return !name.equals("*") && !XdsName.isGlob(name) && find(name) == null;
  }

  public boolean contains(String name) {
    return get(name) != null;
  }

  /** How many of these names the other view has not. */
  int missingIn(TypeView other) {
    int missing = 0;
    int at = 0;
    for (var one : sorted) {
      while (at < other.sorted.length && other.sorted[at].name().compareTo(one.name()) < 0) {
        at++;
      }
      if (at == other.sorted.length || !other.sorted[at].name().equals(one.name())) {
        missing++;
      }
    }
    return missing;
  }

  private static Map<String, Versioned> byAlias(Versioned[] resources) {
    var found = new HashMap<String, Versioned>();
    for (var one : resources) {
      one.aliases().forEach(alias -> found.putIfAbsent(alias, one));
    }
    return Map.copyOf(found);
  }

  /** Whether it is the same content, whatever the object. */
  public boolean sameAs(TypeView other) {
    return this == other || version.equals(other.version);
  }

  /** This, and of {@code others} what this has no resource of the same name of. */
  public TypeView with(Collection<Versioned> others) {
    var added = others.stream().filter(one -> !contains(one.name()));
    return of(Stream.concat(Arrays.stream(sorted), added).toList());
  }
}
