package myxds.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One cluster changes and every client hears of it, with each subject in turn: A B A B, so that
 * what disturbs the machine disturbs all of them alike.
 */
final class Bench {
  private final Plan plan;
  private final Map<String, Rig> rigs = new LinkedHashMap<>();
  private final Map<String, List<Round>> rounds = new LinkedHashMap<>();

  private Bench(Plan plan) {
    this.plan = plan;
  }

  public static void main(String[] words) throws Exception {
    var plan = new Plan(words);
    for (var protocol : plan.protocols()) {
      new Bench(plan).measure(protocol);
    }
  }

  private void measure(String protocol) throws Exception {
    try {
      for (var subject : plan.subjects()) {
        rigs.put(subject, Rig.open(subject, protocol, plan));
        rounds.put(subject, new ArrayList<>());
      }
      long stolen = stolenMillis();
      allInTurn(plan.warmup());
      rounds.values().forEach(List::clear);
      allInTurn(plan.rounds());
      print(protocol, stolenMillis() - stolen);
    } finally {
      for (var rig : rigs.values()) {
        rig.close();
      }
    }
  }

  private void allInTurn(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      for (var rig : rigs.entrySet()) {
        rounds.get(rig.getKey()).add(rig.getValue().round());
      }
    }
  }

  private void print(String protocol, long stolen) throws Exception {
    System.out.printf(
        "%n%d %s streams, one connection each, %d clusters, one changes%n%d rounds after %d of"
            + " warm-up: medians, of CPU the mean; %d cores, %d ms stolen, java %s %s%n%n",
        plan.streams(),
        protocol,
        plan.resources(),
        plan.rounds(),
        plan.warmup(),
        Runtime.getRuntime().availableProcessors(),
        stolen,
        Runtime.version().feature(),
        plan.jvm());
    var table = new Table(rounds);
    for (var subject : plan.subjects()) {
      table.row(subject, rigs.get(subject).residentMegabytes());
    }
    table.ratios();
    table.warnings();
  }

  /** What another machine on the same host took from this one. */
  private static long stolenMillis() throws Exception {
    var all = Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split(" +");
    return Child.TICK_MS * Long.parseLong(all[8]);
  }
}
