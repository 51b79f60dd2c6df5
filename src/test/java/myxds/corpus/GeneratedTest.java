package myxds.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import myxds.gate.Bootstrap;
import myxds.gate.Gate;
import myxds.gate.Judgement;
import myxds.gate.envoy.EnvoyValidation;
import myxds.peer.EnvoyBinary;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;

/**
 * What a real Envoy takes has no error here, and what lost something that it needs has one. {@code
 * -Dgenerated.count=1000 -Dgenerated.seed=1}.
 */
final class GeneratedTest {
  private static final int COUNT = Integer.getInteger("generated.count", 40);
  private static final long SEED = Long.getLong("generated.seed", System.nanoTime());
  private static final Schema SCHEMA = Schema.ofApi();

  /** Whose absence does harm. */
  private static final Map<String, String> NEEDED =
      Map.of("cluster-", "Cluster", "service-", "ClusterLoadAssignment", "ecds", "TypedExtension");

  @Test
  void findsNoErrorInWhatEnvoyTakes() {
    var envoy = new EnvoyValidation(EnvoyBinary.require(), EnvoyValidation.LIMIT, SCHEMA, Set.of());
    for (long seed = SEED; seed < SEED + COUNT; seed++) {
      var judgement = judge(new Generated(seed).documents());
      var group = Objects.requireNonNull(judgement.groups().get("node1"));

      assertThat(errors(judgement)).as("seed %d", seed).isEmpty();
      assertThat(envoy.of(group, "seed " + seed)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void missesWhatIsTakenAway() {
    for (long seed = SEED; seed < SEED + COUNT; seed++) {
      var random = new Random(seed);
      var documents = new Generated(seed).documents();
      var needed = needed(documents);
      var name = needed.get(random.nextInt(needed.size()));

      var problems = errors(judge(without(documents, name)));

      assertThat(problems)
          .as("seed %d without %s", seed, name)
          .anyMatch(problem -> problem.message().contains("\"" + name + "\""));
    }
  }

  private static Judgement judge(Documents documents) {
    return new Gate(SCHEMA, Bootstrap.UNKNOWN).judge(documents);
  }

  private static List<Problem> errors(Judgement judgement) {
    return judgement.problems().stream().filter(Problem::isError).toList();
  }

  /** The names of what is defined in a line of its own and used in another one. */
  private static List<String> needed(Documents documents) {
    var names = new ArrayList<String>();
    for (var document : documents.documents()) {
      document
          .text()
          .lines()
          .filter(line -> line.startsWith("- "))
          .forEach(line -> {
            var name = name(line);
            boolean used =
                documents.documents().stream()
                    .flatMap(other -> other.text().lines())
                    .anyMatch(other ->
                        !other.equals(line) && other.matches(".*[ \\[]" + name + "[,}\\]].*"));
            if (used && NEEDED.keySet().stream().anyMatch(name::startsWith)) {
              names.add(name);
            }
          });
    }
    return names;
  }

  private static String name(String line) {
    var name = Pattern.compile("(?:cluster_)?name: ([^,}]+)").matcher(line);
    return name.find() ? name.group(1) : "";
  }

  private static Documents without(Documents documents, String name) {
    var rest =
        documents.documents().stream()
            .map(document ->
                new Document(
                    document.path(),
                    document
                        .text()
                        .lines()
                        .filter(line -> !line.startsWith("- ") || !name(line).equals(name))
                        .map(line -> line + "\n")
                        .reduce("", String::concat)))
            .toList();
    return new Documents(rest, List.of());
  }
}
