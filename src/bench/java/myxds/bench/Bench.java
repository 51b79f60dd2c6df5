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
  /** With more cores than this at work for others, the times are theirs as well. */
  private static final double QUIET = 0.1;

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
      allInTurn(plan.warmup());
      rounds.values().forEach(List::clear);
      long before = othersMillis();
      long begun = System.nanoTime();
      allInTurn(plan.rounds());
      double others = (othersMillis() - before) * 1e6 / (System.nanoTime() - begun);
      print(protocol, others);
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

  private void print(String protocol, double others) throws Exception {
    System.out.printf(
        "%n%d %s streams, one connection each, %d clusters, one changes%n%d rounds after %d of"
            + " warm-up: medians, of CPU the mean; %d cores, %.2f of them busy with other things,"
            + " java %s %s%n%n",
        plan.streams(),
        protocol,
        plan.resources(),
        plan.rounds(),
        plan.warmup(),
        Runtime.getRuntime().availableProcessors(),
        others,
        Runtime.version().feature(),
        plan.jvm());
    var table = new Table(rounds);
    for (var subject : plan.subjects()) {
      table.row(subject, rigs.get(subject).residentMegabytes());
    }
    table.ratios();
    table.warnings();
    if (others > QUIET) {
      System.out.println("warning: the machine was busy with other things: trust the CPU only");
    }
  }

  /** The CPU time that went to whatever else runs here or, next to this machine, on its host. */
  private long othersMillis() throws Exception {
    // cpu user nice system idle iowait irq softirq steal
    var times = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
    long all = 0;
    for (int field : new int[] {1, 2, 3, 8}) {
      all += Child.millis(times[field]);
    }
    for (var rig : rigs.values()) {
      all -= rig.cpuMillis();
    }
    return all;
  }
}
