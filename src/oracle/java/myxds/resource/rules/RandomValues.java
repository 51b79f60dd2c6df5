package myxds.resource.rules;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.envoyproxy.pgv.validate.Validate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Random values for a field: by its rules, or around their edges and beyond. */
final class RandomValues {
  /** Some fit a pattern, some are of a form that a rule names, some are neither. */
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "A-b.c",
          "x,y",
          ":path",
          "%a%",
          "%",
          "/a/b",
          "/a?b",
          "/a/",
          "a b",
          "é€𝄞",
          "𝄞",
          "a\tb",
          "a\nb",
          "a\rb",
          "a\u0000b",
          "a\u007f",
          "\u0001",
          "x.mmdb",
          ".mmdb",
          "x.mmdb\n",
          "a\rb.mmdb",
          "::1",
          "1.2.3.4",
          "a:b",
          "a".repeat(255),
          "a".repeat(1025),
          "é".repeat(600),
          "x".repeat(16385));

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  Object scalar(FieldDescriptor field, Validate.FieldRules rules, boolean breaks) {
    return switch (field.getType()) {
      case BOOL -> rules.getBool().hasConst() ? rules.getBool().getConst() ^ breaks : breaks;
      case STRING -> text(rules.getString(), breaks);
      case BYTES -> bytes(rules.getBytes(), breaks);
      case ENUM -> enumValue(field, rules.getEnum(), breaks);
      case FLOAT -> (float) number(rules.getFloat(), breaks);
      case DOUBLE -> number(rules.getDouble(), breaks);
      case INT32, SINT32, SFIXED32 -> (int) number(rules.getInt32(), breaks);
      case UINT32, FIXED32 -> (int) (long) number(rules.getUint32(), breaks);
      case INT64, SINT64, SFIXED64 -> (long) number(rules.getInt64(), breaks);
      case UINT64, FIXED64 -> (long) number(rules.getUint64(), breaks);
      case MESSAGE, GROUP -> throw new IllegalArgumentException(field.getFullName());
    };
  }

  private double number(Message rules, boolean breaks) {
    var edges = new ArrayList<Double>();
    for (var name : List.of("gt", "gte", "lt", "lte", "const")) {
      var edge = one(rules, name);
      if (edge != null) {
        edges.add(edge);
      }
    }
    if (breaks) {
      edges.addAll(List.of(0.0, 1.0, -5.0, 4294967290.0, 2147483648.0, 1e15, 0.5));
      return random.nextInt(10) == 0
          ? pick(List.of(Double.NaN, -0.0))
          : pick(edges) + random.nextInt(3) - 1;
    }
    var constant = one(rules, "const");
    var least = Math.max(orElse(one(rules, "gte"), 0), orElse(one(rules, "gt"), -1) + 1);
    var most = Math.min(orElse(one(rules, "lte"), least + 100), orElse(one(rules, "lt"), 1e18) - 1);
    return constant != null ? constant : pick(List.of(least, Math.max(least, most)));
  }

  private static double orElse(@Nullable Double value, double other) {
    return value == null ? other : value;
  }

  private static @Nullable Double one(Message rules, String name) {
    var field = rules.getDescriptorForType().findFieldByName(name);
    return rules.hasField(field) ? (Double) ((Number) rules.getField(field)).doubleValue() : null;
  }

  private String text(Validate.StringRules rules, boolean breaks) {
    if (breaks) {
      var odd = pick(List.of("", edge(rules), pick(TEXTS)));
      return rules.hasWellKnownRegex() ? pick(List.of(odd, "a\u0000b", "a\nb", "a\u007f")) : odd;
    }
    if (rules.hasConst()) {
      return rules.getConst();
    }
    if (rules.getInCount() > 0) {
      return pick(rules.getInList());
    }
    if (rules.hasPattern()) {
      return pick(
          TEXTS.stream().filter(Pattern.compile(rules.getPattern()).asMatchPredicate()).toList());
    }
    var least = (int) Math.max(rules.getMinLen(), rules.getMinBytes());
    var middle = pick(List.of("", "a", "B-2")).concat("c".repeat(least));
    return rules.getPrefix()
        + (middle.isEmpty() && !rules.getIgnoreEmpty() ? "d" : middle)
        + rules.getSuffix();
  }

  /** As long as a rule allows, or one more or less, in characters of one, two or four bytes. */
  private String edge(Validate.StringRules rules) {
    var sizes =
        List.of(rules.getMinLen(), rules.getMaxLen(), rules.getMinBytes(), rules.getMaxBytes());
    var size = Math.max(0, Math.min(pick(sizes), 100_000) + random.nextInt(3) - 1);
    return pick(List.of("a", "é", "𝄞")).repeat((int) size);
  }

  private ByteString bytes(Validate.BytesRules rules, boolean breaks) {
    var sizes = List.of(0L, 1L, rules.getMinLen(), rules.getMaxLen(), rules.getMaxLen() + 1);
    var size = breaks ? pick(sizes) : Math.max(rules.getMinLen(), rules.getLen());
    return ByteString.copyFrom(new byte[(int) Math.min(size, 100_000)]);
  }

  private Object enumValue(FieldDescriptor field, Validate.EnumRules rules, boolean breaks) {
    var type = field.getEnumType();
    if (breaks && !type.isClosed()) {
      return type.findValueByNumberCreatingIfUnknown(random.nextInt(15) - 1);
    }
    if (rules.hasConst() || rules.getInCount() > 0) {
      return type.findValueByNumber(rules.hasConst() ? rules.getConst() : rules.getIn(0));
    }
    return pick(
        type.getValues().stream()
            .filter(value -> !rules.getNotInList().contains(value.getNumber()))
            .toList());
  }

  /** Of no type that is known to have rules: the validators do not look inside. */
  Any any(Validate.AnyRules rules, boolean breaks) {
    var urls = List.of("", "type.googleapis.com/google.protobuf.Empty", "type.googleapis.com/a.B");
    var url = rules.getInCount() > 0 && !breaks ? pick(rules.getInList()) : pick(urls);
    return Any.newBuilder().setTypeUrl(url).build();
  }

  Duration duration(Validate.DurationRules rules, boolean breaks) {
    if (breaks) {
      return around(pick(List.of(rules.getGt(), rules.getGte(), rules.getLt(), rules.getLte())));
    }
    var least =
        rules.hasGt()
            ? Durations.add(rules.getGt(), Durations.fromNanos(1))
            : rules.hasGte() ? rules.getGte() : Durations.fromMillis(random.nextInt(3));
    return Durations.compare(least, rules.getGte()) < 0 ? rules.getGte() : least;
  }

  private Duration around(Duration edge) {
    return switch (random.nextInt(8)) {
      case 0 -> edge;
      case 1 -> Durations.add(edge, Durations.fromNanos(1));
      case 2 -> Durations.subtract(edge, Durations.fromNanos(1));
      case 3 -> Durations.fromSeconds(-1);
      case 4 -> Duration.getDefaultInstance();
      case 5 -> Durations.fromSeconds(random.nextInt(1_000_000_000));
      case 6 -> Duration.newBuilder().setSeconds(Long.MAX_VALUE).build();
      default -> Duration.newBuilder().setSeconds(1).setNanos(-1).build();
    };
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
