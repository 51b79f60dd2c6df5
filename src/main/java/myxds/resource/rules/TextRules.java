package myxds.resource.rules;

import io.envoyproxy.pgv.validate.Validate.StringRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import myxds.resource.rules.Demand.Shown;

/** The rules of strings. */
final class TextRules {
  private static final Shown<String> QUOTED = Shown.as(Quoted::of);
  private static final Kind<String> KIND = Kind.of(value -> (String) value, QUOTED);
  private static final Shown<String> CHARACTERS =
      Shown.sized(text -> Size.of(characters(text), "character"));
  private static final Shown<String> BYTES = Shown.sized(text -> Size.of(bytes(text), "byte"));

  /** The value of a header is often a secret. */
  private static final Shown<String> HEADER_VALUE =
      Shown.sized(text -> "a control character at " + Syntax.firstControl(text));

  private final StringRules rules;
  private final List<Demand<String>> demands = new ArrayList<>();

  private TextRules(StringRules rules) {
    this.rules = rules;
  }

  static Check check(StringRules rules) {
    var read = new TextRules(rules);
    read.values();
    read.sizes();
    read.parts();
    read.syntax();
    var check = new Check.Demands<>(KIND, read.demands);
    return rules.getIgnoreEmpty()
        ? new Check.UnlessEmpty(value -> ((String) value).isEmpty(), check)
        : check;
  }

  private void values() {
    if (rules.hasConst()) {
      demands.add(Demand.equalTo(rules.getConst(), QUOTED));
    }
    if (rules.getInCount() > 0) {
      demands.add(Demand.in(List.copyOf(rules.getInList()), QUOTED));
    }
    if (rules.getNotInCount() > 0) {
      demands.add(Demand.notIn(List.copyOf(rules.getNotInList()), QUOTED));
    }
  }

  private void sizes() {
    var characters = new Size<>(TextRules::characters, "character", CHARACTERS);
    var bytes = new Size<>(TextRules::bytes, "byte", BYTES);
    if (rules.hasLen()) {
      demands.add(characters.exactly(rules.getLen()));
    }
    if (rules.hasMinLen()) {
      demands.add(characters.atLeast(rules.getMinLen()));
    }
    if (rules.hasMaxLen()) {
      demands.add(characters.atMost(rules.getMaxLen()));
    }
    if (rules.hasLenBytes()) {
      demands.add(bytes.exactly(rules.getLenBytes()));
    }
    if (rules.hasMinBytes()) {
      demands.add(bytes.atLeast(rules.getMinBytes()));
    }
    if (rules.hasMaxBytes()) {
      demands.add(bytes.atMost(rules.getMaxBytes()));
    }
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private void parts() {
    var pattern = rules.hasPattern() ? Re2.compile(rules.getPattern()) : null;
    if (pattern != null) {
      add(text -> pattern.matcher(text).matches(), "a match of " + rules.getPattern());
    }
    if (rules.hasPrefix()) {
      var prefix = rules.getPrefix();
      add(text -> text.startsWith(prefix), Quoted.of(prefix) + " at the beginning");
    }
    if (rules.hasSuffix()) {
      var suffix = rules.getSuffix();
      add(text -> text.endsWith(suffix), Quoted.of(suffix) + " at the end");
    }
    if (rules.hasContains()) {
      var part = rules.getContains();
      add(text -> text.contains(part), Quoted.of(part) + " in it");
    }
    if (rules.hasNotContains()) {
      var part = rules.getNotContains();
      add(text -> !text.contains(part), "no " + Quoted.of(part) + " in it");
    }
  }

  private void syntax() {
    switch (rules.getWellKnownCase()) {
      case EMAIL -> wants(rules.getEmail(), Syntax::isEmail, "an e-mail address");
      case HOSTNAME -> wants(rules.getHostname(), Syntax::isHostname, "a host name");
      case IP -> wants(rules.getIp(), Syntax::isIp, "an IP address");
      case IPV4 -> wants(rules.getIpv4(), Syntax::isIpv4, "an IPv4 address");
      case IPV6 -> wants(rules.getIpv6(), Syntax::isIpv6, "an IPv6 address");
      case URI -> wants(rules.getUri(), Uri::isAbsolute, "an absolute URI");
      case URI_REF -> wants(rules.getUriRef(), Uri::isReference, "a URI");
      case ADDRESS -> wants(rules.getAddress(), Syntax::isAddress, "a host name or an IP address");
      case UUID -> wants(rules.getUuid(), Syntax::isUuid, "a UUID");
      case WELL_KNOWN_REGEX -> header();
      case WELLKNOWN_NOT_SET -> {}
    }
  }

  private void header() {
    switch (rules.getWellKnownRegex()) {
      case HTTP_HEADER_NAME -> {
        if (rules.getStrict()) {
          add(Syntax::isHeaderName, "the name of an HTTP header");
        } else {
          add(Syntax::isHeaderText, "no line break and no NUL");
        }
      }
      case HTTP_HEADER_VALUE -> {
        Predicate<String> met = rules.getStrict() ? Syntax::isHeaderValue : Syntax::isHeaderText;
        demands.add(new Demand<>(met, "the value of an HTTP header", HEADER_VALUE));
      }
      case UNKNOWN -> {}
    }
  }

  private void wants(boolean wanted, Predicate<String> met, String expected) {
    if (wanted) {
      add(met, expected);
    }
  }

  private void add(Predicate<String> met, String expected) {
    demands.add(new Demand<>(met, expected, QUOTED));
  }
}
