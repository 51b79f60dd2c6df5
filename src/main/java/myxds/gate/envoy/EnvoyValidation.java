package myxds.gate.envoy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import myxds.gate.Candidate;
import myxds.gate.envoy.EnvoyRun.Answer;
import myxds.resource.FieldPath;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.RedactedText;
import myxds.resource.Resource;
import myxds.resource.Schema;

/**
 * Asks a real Envoy whether it would take a group's resources, as a bootstrap that has them all.
 * That takes a process and a twentieth of a second, more for large groups; so of equal content it
 * is asked once. It never stops what it is asked for: an Envoy that cannot be asked is a warning.
 * Owned by one thread.
 */
public final class EnvoyValidation {
  /** How long all questions about one state may take together. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private static final int REMEMBERED = 32;
  private static final int LONGEST = 1_000;

  /** Of a file that the nodes may well have. */
  private static final Pattern NOT_HERE =
      Pattern.compile("unable to (?:read|open) file|Invalid path|[Nn]o such file");

  private final EnvoyRun run;
  private final Duration limit;
  private final Schema schema;
  private final Set<String> staticClusters;
  private final Map<String, List<Problem>> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Problem>> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param limit see {@link #LIMIT}
   * @param staticClusters those that the nodes have of their own
   */
  public EnvoyValidation(Path binary, Duration limit, Schema schema, Set<String> staticClusters) {
    this.run = new EnvoyRun(binary);
    this.limit = limit;
    this.schema = schema;
    this.staticClusters = Set.copyOf(staticClusters);
  }

  /**
   * What Envoy says.
   *
   * @param version of the content; equal versions are asked about once
   */
  public List<Problem> of(Candidate candidate, String version) {
    var known = answers.get(version);
    if (known != null) {
      return known;
    }
    try {
      var problems = asked(candidate);
      answers.put(version, problems);
      return problems;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private List<Problem> asked(Candidate candidate) throws InterruptedException {
    var form = StaticForm.of(candidate.resources(), schema);
    var elsewhere = new HashSet<>(staticClusters);
    elsewhere.addAll(form.servers());
    long deadline = System.nanoTime() + limit.toNanos();
    Blame.Asking asking = parts -> run.ask(BootstrapText.of(parts, elsewhere), left(deadline));
    return switch (asking.ask(form.parts())) {
      case Answer.Fine() -> List.of();
      case Answer.Silence(var why) ->
          List.of(Problem.warning(Origin.of(candidate.group() + "/"), "Envoy " + why));
      case Answer.Refusal(var words) -> {
        var guilty = Blame.find(form.parts(), asking);
        yield guilty.isEmpty()
            ? List.of(unplaced(candidate, words))
            : guilty.stream().map(one -> problem(candidate, one)).toList();
      }
    };
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  private Problem problem(Candidate candidate, Blame.Guilty guilty) {
    var resources = new ArrayList<Resource>();
    guilty.parts().stream()
        .flatMap(part -> Stream.concat(Stream.of(part.resource()), part.inlined().stream()))
        .distinct()
        .forEach(resources::add);
    var quote = Quote.in(guilty.words(), resources, schema);
    var resource = quote.map(Quote::resource).orElse(resources.getFirst());
    var path = quote.map(Quote::path).orElse(FieldPath.ROOT);
    return said(guilty.words(), candidate.place(resource, path)).in(resource.id());
  }

  private static Problem unplaced(Candidate candidate, String words) {
    return said(words, Origin.of(candidate.group() + "/"));
  }

  private static Problem said(String words, Origin origin) {
    var text = RedactedText.of(words).replaceAll("\\s+", " ").strip();
    var shortened = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return NOT_HERE.matcher(words).find()
        ? Problem.warning(origin, "the Envoy that was asked has no such file: " + shortened)
        : Problem.error(origin, "Envoy refuses it: " + shortened);
  }
}
