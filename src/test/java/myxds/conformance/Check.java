package myxds.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** One method that shows a row. */
record Check(int row, Method method) implements Comparable<Check> {
  /** A row that takes longer has failed; most take a few milliseconds. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Pattern NAME = Pattern.compile("row(\\d+)_(.+)");
  private static final Pattern WORD_BEGINS =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Set<String> ACRONYMS =
      Set.of("ack", "nack", "ads", "cds", "ecds", "eds", "lds", "rds", "sds", "vhds", "jvm", "ttl");
  private static final Comparator<Check> ORDER =
      Comparator.comparingInt(Check::row).thenComparing(check -> check.method.getName());

  /** The sections, in the order of their rows. */
  private static final List<Class<?>> SECTIONS =
      List.of(
          BasicRows.class,
          NodeRows.class,
          VersionRows.class,
          RefusalRows.class,
          SubscriptionRows.class,
          WildcardRows.class,
          ContentRows.class,
          DeltaRows.class,
          DeltaNameRows.class,
          DeltaWildcardRows.class,
          OrderRows.class,
          EndpointWaitRows.class,
          TimeToLiveRows.class,
          OnDemandRows.class,
          ResourceNameRows.class,
          ServiceRows.class,
          FollowRows.class,
          FollowOnceRows.class);

  String name() {
    return method.getName();
  }

  /** Every check there is, by row. */
  static List<Check> all() {
    return SECTIONS.stream().flatMap(Check::of).sorted().toList();
  }

  private static Stream<Check> of(Class<?> section) {
    return Arrays.stream(section.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Row.class))
        .map(method -> new Check(method.getAnnotation(Row.class).value(), method));
  }

  /** The behaviour in words: {@code rowNN_aRefusedVersionIs…} is "a refused version is …". */
  String sentence() {
    var name = NAME.matcher(method.getName());
    if (!name.matches() || Integer.parseInt(name.group(1)) != row) {
      throw new IllegalStateException(method + " (expected: row" + row + "_ and a sentence)");
    }
    return Arrays.stream(WORD_BEGINS.split(name.group(2)))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .map(word -> ACRONYMS.contains(word) ? word.toUpperCase(Locale.ROOT) : word)
        .collect(Collectors.joining(" "));
  }

  /** Shows the row on this server, or throws why not. */
  void run(Subject subject) throws Throwable {
    try (var trial = new Trial(subject)) {
      var rows = method.getDeclaringClass().getDeclaredConstructor(Trial.class).newInstance(trial);
      Assertions.assertTimeoutPreemptively(LIMIT, () -> invoke(rows));
    }
  }

  private void invoke(Object rows) throws Throwable {
    try {
      method.invoke(rows);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public int compareTo(Check other) {
    return ORDER.compare(this, other);
  }
}
