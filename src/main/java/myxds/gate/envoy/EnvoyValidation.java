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
import myxds.resource.ResourceId;
import myxds.resource.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Asks a real Envoy whether it would take a group's resources, as a bootstrap that has them all.
 * That takes a process and a twentieth of a second, more for large groups; so of equal content it
 * is asked once. It never stops what it is asked for: an Envoy that cannot be asked is a warning,
 * and one that hangs is left alone for a while, so that it does not hold up group after group.
 * Owned by one thread.
 */
public final class EnvoyValidation {
  /** How long all questions about one state may take together. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Duration LEFT_ALONE = Duration.ofMinutes(1);
  private static final int REMEMBERED = 32;
  private static final int LONGEST = 1_000;

  /** Of a file that the nodes may well have. */
  private static final Pattern NOT_HERE =
      Pattern.compile("unable to (?:read|open) file|Invalid path|[Nn]o such file");

  /** What a resource may ask the bootstrap for; that of the nodes may have it. */
  private static final Pattern OF_THE_BOOTSTRAP = Pattern.compile("Unknown static ");

  private final EnvoyRun run;
  private final Duration limit;
  private final Schema schema;
  private final Set<String> staticClusters;
  private final Map<String, List<Fault>> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Fault>> eldest) {
          return size() > REMEMBERED;
        }
      };

  private long hungAt;
  private boolean hangs;

  /**
   * What Envoy does not like, without a place: equal content stands elsewhere in another group, and
   * after an edit that changes nothing.
   *
   * @param resource null when none is to blame
   */
  private record Fault(@Nullable ResourceId resource, FieldPath path, String words) {}

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
      return placed(known, candidate);
    }
    if (hangs && System.nanoTime() - hungAt < LEFT_ALONE.toNanos()) {
      return silent(candidate, "was not asked: lately it did not answer in time");
    }
    try {
      return asked(candidate, version);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private List<Problem> asked(Candidate candidate, String version) throws InterruptedException {
    var form = StaticForm.of(candidate.resources(), schema);
    var elsewhere = new HashSet<>(staticClusters);
    elsewhere.addAll(form.servers());
    long deadline = System.nanoTime() + limit.toNanos();
    Blame.Asking asking = parts -> run.ask(BootstrapText.of(parts, elsewhere), left(deadline));
    var answer = asking.ask(form.parts());
    hungAt = System.nanoTime();
    hangs = answer instanceof Answer.Silence && hungAt >= deadline;
    if (answer instanceof Answer.Silence(var why)) {
      return silent(candidate, why);
    }
    if (answer instanceof Answer.Refusal
        && asking.ask(List.of()) instanceof Answer.Refusal(var words)) {
      return silent(
          candidate, "refuses a bootstrap without any resources, too: " + shortened(words));
    }
    var faults =
        answer instanceof Answer.Refusal(var words)
            ? faults(Blame.find(form.parts(), asking), words)
            : List.<Fault>of();
    answers.put(version, faults);
    return placed(faults, candidate);
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  private List<Fault> faults(List<Blame.Guilty> guilty, String words) {
    return guilty.isEmpty()
        ? List.of(new Fault(null, FieldPath.ROOT, words))
        : guilty.stream().map(this::fault).toList();
  }

  private Fault fault(Blame.Guilty guilty) {
    var resources = new ArrayList<Resource>();
    guilty.parts().stream()
        .flatMap(part -> Stream.concat(Stream.of(part.resource()), part.inlined().stream()))
        .distinct()
        .forEach(resources::add);
    var quote = Quote.in(guilty.words(), resources, schema);
    var resource = quote.map(Quote::resource).orElse(resources.getFirst());
    return new Fault(resource.id(), quote.map(Quote::path).orElse(FieldPath.ROOT), guilty.words());
  }

  private static List<Problem> placed(List<Fault> faults, Candidate candidate) {
    return faults.stream().map(fault -> placed(fault, candidate)).toList();
  }

  private static Problem placed(Fault fault, Candidate candidate) {
    return candidate.resources().stream()
        .filter(resource -> resource.id().equals(fault.resource))
        .findFirst()
        .map(resource -> said(fault.words, candidate.place(resource, fault.path)).in(resource.id()))
        .orElseGet(() -> said(fault.words, Origin.of(candidate.group() + "/")));
  }

  private static List<Problem> silent(Candidate candidate, String why) {
    return List.of(Problem.warning(Origin.of(candidate.group() + "/"), "Envoy " + why));
  }

  private static Problem said(String words, Origin origin) {
    var text = shortened(words);
    if (OF_THE_BOOTSTRAP.matcher(words).find()) {
      return Problem.warning(origin, "the nodes' bootstrap must have it: " + text);
    }
    return NOT_HERE.matcher(words).find()
        ? Problem.warning(origin, "the Envoy that was asked has no such file: " + text)
        : Problem.error(origin, "Envoy refuses it: " + text);
  }

  private static String shortened(String words) {
    var text = RedactedText.of(words).replaceAll("\\s+", " ").strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
