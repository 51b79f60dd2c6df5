package myxds.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import myxds.gate.Bootstrap;
import myxds.gate.Candidate;
import myxds.gate.Gate;
import myxds.gate.Judgement;
import myxds.gate.Surroundings;
import myxds.gate.envoy.EnvoyValidation;
import myxds.resource.Problem;
import myxds.resource.Problem.Severity;
import myxds.resource.Schema;
import myxds.source.file.FileSource;

/**
 * One configuration directory of the corpus, with what is expected of it: in the file {@code
 * expected}, a first line {@code # envoy: …} and a line {@code file:line:column: severity: words}
 * for each problem.
 */
record CorpusCase(Path folder) {
  private static final Path ROOT = Path.of("src/test/corpus");
  private static final Schema SCHEMA = Schema.ofApi();

  /** A file that this machine has, and maybe no node. */
  private static final String ONLY_HERE = "/etc/my-xds/only-here.pem";

  /** When the certificates are looked at. */
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T00:00:00Z"));

  static List<CorpusCase> all(String kind) throws IOException {
    try (Stream<Path> folders = Files.list(ROOT.resolve(kind))) {
      return folders.sorted().map(CorpusCase::new).toList();
    }
  }

  /** Its name, for the test's report. */
  @Override
  public String toString() {
    return folder.getFileName().toString();
  }

  /** What the gate says, sorted by place. */
  List<String> said() throws IOException {
    return judgement().problems().stream()
        .sorted(Comparator.comparing(Problem::origin))
        .map(Problem::toString)
        .toList();
  }

  Judgement judgement() throws IOException {
    var surroundings =
        new Surroundings(Bootstrap.UNKNOWN, Severity.ERROR, CLOCK, ONLY_HERE::equals);
    return new Gate(SCHEMA, surroundings).judge(FileSource.read(folder));
  }

  /** The lines about problems. */
  List<String> expected() throws IOException {
    return lines().stream().filter(line -> !line.startsWith("#")).toList();
  }

  /** What is expected of Envoy: {@code refuses it}, {@code takes it: …} or {@code not asked: …}. */
  String verdict() throws IOException {
    return lines().stream()
        .filter(line -> line.startsWith("# envoy: "))
        .map(line -> line.substring("# envoy: ".length()))
        .findFirst()
        .orElse("");
  }

  private List<String> lines() throws IOException {
    var file = folder.resolve("expected");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** What a real Envoy says to all groups as bootstraps. */
  List<Problem> asked(Path envoy) throws IOException {
    var validation = new EnvoyValidation(envoy, Duration.ofSeconds(30), SCHEMA, Set.of());
    var answers = new ArrayList<Problem>();
    for (Candidate candidate : judgement().groups().values()) {
      answers.addAll(validation.of(candidate, candidate.group()));
    }
    return answers;
  }
}
