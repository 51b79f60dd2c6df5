package myxds.resource.rules;

import com.google.protobuf.ByteString;
import io.envoyproxy.pgv.validate.Validate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import myxds.resource.rules.Demand.Shown;

/** The rules of bytes. These are never shown, for they may be a secret; only how many they are. */
final class BytesRules {
  private static final Shown<ByteString> SIZE = Shown.sized(bytes -> Size.of(bytes.size(), "byte"));
  private static final Kind<ByteString> KIND = Kind.of(value -> (ByteString) value, SIZE);

  private final Validate.BytesRules rules;
  private final List<Demand<ByteString>> demands = new ArrayList<>();

  private BytesRules(Validate.BytesRules rules) {
    this.rules = rules;
  }

  static Check check(Validate.BytesRules rules) {
    var read = new BytesRules(rules);
    read.values();
    read.sizes();
    read.parts();
    read.addresses();
    var check = new Check.Demands<>(KIND, read.demands);
    return rules.getIgnoreEmpty()
        ? new Check.UnlessEmpty(value -> ((ByteString) value).isEmpty(), check)
        : check;
  }

  private void values() {
    if (rules.hasConst()) {
      add(rules.getConst()::equals, "the bytes of the rule");
    }
    if (rules.getInCount() > 0) {
      add(Set.copyOf(rules.getInList())::contains, "one of the rule's values");
    }
    if (rules.getNotInCount() > 0) {
      var excluded = Set.copyOf(rules.getNotInList());
      add(bytes -> !excluded.contains(bytes), "none of the rule's values");
    }
  }

  private void sizes() {
    var bytes = new Size<>(ByteString::size, "byte", SIZE);
    if (rules.hasLen()) {
      demands.add(bytes.exactly(rules.getLen()));
    }
    if (rules.hasMinLen()) {
      demands.add(bytes.atLeast(rules.getMinLen()));
    }
    if (rules.hasMaxLen()) {
      demands.add(bytes.atMost(rules.getMaxLen()));
    }
  }

  private void parts() {
    var pattern = rules.hasPattern() ? Re2.compile(rules.getPattern()) : null;
    if (pattern != null) {
      add(
          bytes -> pattern.matcher(bytes.toStringUtf8()).matches(),
          "a match of " + rules.getPattern());
    }
    if (rules.hasPrefix()) {
      add(bytes -> bytes.startsWith(rules.getPrefix()), "the rule's bytes at the beginning");
    }
    if (rules.hasSuffix()) {
      add(bytes -> bytes.endsWith(rules.getSuffix()), "the rule's bytes at the end");
    }
    if (rules.hasContains()) {
      add(bytes -> contains(bytes, rules.getContains()), "the rule's bytes in it");
    }
  }

  private static boolean contains(ByteString bytes, ByteString part) {
    for (int at = 0; at + part.size() <= bytes.size(); at++) {
      if (bytes.substring(at).startsWith(part)) {
        return true;
      }
    }
    return false;
  }

  private void addresses() {
    switch (rules.getWellKnownCase()) {
      case IP -> wants(rules.getIp(), Set.of(4, 16), "an IP address, 4 or 16 bytes");
      case IPV4 -> wants(rules.getIpv4(), Set.of(4), "an IPv4 address, 4 bytes");
      case IPV6 -> wants(rules.getIpv6(), Set.of(16), "an IPv6 address, 16 bytes");
      case WELLKNOWN_NOT_SET -> {}
    }
  }

  private void wants(boolean wanted, Set<Integer> sizes, String expected) {
    if (wanted) {
      add(bytes -> sizes.contains(bytes.size()), expected);
    }
  }

  private void add(Predicate<ByteString> met, String expected) {
    demands.add(new Demand<>(met, expected, SIZE));
  }
}
