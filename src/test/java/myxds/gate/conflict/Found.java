package myxds.gate.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import myxds.resource.Document;
import myxds.resource.Resource;
import myxds.resource.ResourceParser;
import myxds.resource.Schema;

/** What there is to find in YAML. */
final class Found {
  private static final Schema SCHEMA = Schema.ofApi();

  private Found() {}

  static Conflicts conflicts() {
    return conflicts(Set.of()::contains);
  }

  static Conflicts conflicts(Predicate<String> files) {
    return new Conflicts(SCHEMA, InstantSource.fixed(Certified.NOW), files, Duration.ofDays(30));
  }

  static List<Resource> resources(String yaml) {
    var parsed = new ResourceParser(SCHEMA).parse(new Document("g/a.yaml", yaml));
    assertThat(parsed.problems()).isEmpty();
    return parsed.resources();
  }

  /** {@code resource path: severity: message}. */
  static List<String> in(String yaml) {
    return in(conflicts(), yaml);
  }

  static List<String> in(Conflicts conflicts, String yaml) {
    return conflicts.find(resources(yaml)).stream()
        .map(one ->
            "%s %s: %s: %s"
                .formatted(
                    one.resource().name(),
                    one.finding().path(),
                    one.finding().severity().name().toLowerCase(Locale.ROOT),
                    one.finding().message()))
        .toList();
  }
}
