package myxds.discovery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import myxds.snapshot.TypeView;

/** What a naive client knows of one type: what it wants, what it has, and what it has refused. */
final class Replica {
  /** Versions by name. */
  final Map<String, String> holds = new HashMap<>();

  /** The encoded resources by name. */
  final Map<String, String> contents = new HashMap<>();

  /** {@code name=version} */
  final Set<String> refused = new HashSet<>();

  private final Set<String> forgotten = new HashSet<>();

  /** The versions that came last, by name. */
  private final Map<String, String> came = new HashMap<>();

  final Set<String> names = new HashSet<>();

  /** What may be sent again on this stream though the client has it. */
  final Set<String> expected = new HashSet<>();

  /** What may come once more because a resource that references it came. */
  private final Set<String> following = new HashSet<>();

  /** What must. */
  final Set<String> owed = new HashSet<>();

  /** Whether a response came on this stream. */
  private boolean answered;

  boolean wildcard = true;
  boolean asked;
  String version = "";
  String nonce = "";

  boolean wants(String name) {
    return wildcard || names.contains(name);
  }

  /** A new stream: what was said on the old one does not count, what is held does. */
  void reconnect() {
    nonce = "";
    asked = false;
    if (!refused.isEmpty()) {
      // What it took of a refused response it holds beside the version that it would claim.
      version = "";
    }
    expected.clear();
    refused.clear();
    came.clear();
    following.clear();
    owed.clear();
    answered = false;
  }

  /** A resource that references this one came. */
  void follow(String name, boolean must) {
    following.add(name);
    if (must) {
      owed.add(name);
    }
  }

  /** Whether this is not what the client has. */
  boolean isChange(String name, String content) {
    return !content.equals(contents.get(name));
  }

  /** Whether the server has a reason to think that the client does not have it. */
  boolean isNewToServer(String name) {
    return !answered || expected.contains(name) || !refused.isEmpty() || isForgotten(name);
  }

  void answered() {
    answered = true;
  }

  void take(String name, String version, String content) {
    forgotten.remove(name);
    if (wants(name)) {
      holds.put(name, version);
      contents.put(name, content);
    }
  }

  void refuse(String name, String version) {
    refused.add(name + "=" + version);
  }

  boolean hasRefused(String name, String version) {
    return refused.contains(name + "=" + version);
  }

  void drop(String name) {
    holds.remove(name);
    contents.remove(name);
    came.remove(name);
  }

  /** SotW is not told of what is gone, so what comes back comes again though the client has it. */
  void forget(TypeView current) {
    came.keySet().removeIf(name -> !current.contains(name));
    holds.keySet().stream().filter(name -> !current.contains(name)).forEach(forgotten::add);
    expected.addAll(forgotten);
  }

  /** Whether it was gone since it came: nothing asks it any more. */
  boolean isForgotten(String name) {
    return forgotten.contains(name);
  }

  /** There is a reason for whatever is sent. */
  void checkCause(String name, String version) {
    var last = came.put(name, version);
    owed.remove(name);
    if (following.remove(name)) {
      return;
    }
    if (!expected.contains(name)) {
      assertThat(last).as("sent again without cause: " + name).isNotEqualTo(version);
      if (last == null) {
        assertThat(holds.get(name)).as("sent though it has it: " + name).isNotEqualTo(version);
      }
    }
  }
}
