package myxds.bench;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What a person reads of the rounds. */
final class Table {
  private static final String HEAD = "%-8s %9s %9s %9s %10s %12s %10s %10s %8s%n";
  private static final String ROW = "%-8s %9.1f %9.1f %9.1f %10.1f %12.1f %10.1f %10.0f %8d%n";

  /** A client that costs more than this share of the server's CPU hides what the server can do. */
  private static final double LIGHT = 0.5;

  private final Map<String, List<Round>> rounds;

  /** Subjects, the first of which the others are compared with → rounds, as many for each. */
  Table(Map<String, List<Round>> rounds) {
    this.rounds = rounds;
    System.out.printf(
        HEAD, "", "p50", "p99", "all have", "publish", "server CPU", "clients'", "bytes", "RSS");
    System.out.printf(HEAD, "server", "ms", "ms", "ms", "ms", "µs/push", "µs/push", "/push", "MB");
  }

  void row(String subject, long residentMegabytes) {
    System.out.printf(
        ROW,
        subject,
        median(subject, Round::p50),
        median(subject, Round::p99),
        median(subject, Round::max),
        median(subject, Round::published),
        mean(subject, Round::serverCpu),
        mean(subject, Round::loadCpu),
        median(subject, Round::bytes),
        residentMegabytes);
  }

  /** How many times more the others need than the first. */
  void ratios() {
    var subjects = List.copyOf(rounds.keySet());
    var first = subjects.getFirst();
    for (var other : subjects.subList(1, subjects.size())) {
      System.out.printf(
          "%n%s ÷ %s: p99 %s, median and middle half of the rounds' ratios; server CPU %.2f%n",
          other,
          first,
          ratio(values(other, Round::p99), values(first, Round::p99)),
          mean(other, Round::serverCpu) / mean(first, Round::serverCpu));
    }
  }

  void warnings() {
    for (var subject : rounds.keySet()) {
      double share = mean(subject, Round::loadCpu) / mean(subject, Round::serverCpu);
      if (share > LIGHT) {
        System.out.printf(
            "warning: the clients of %s needed %.0f %% of its CPU time: what it can do may be"
                + " hidden%n",
            subject, 100 * share);
      }
    }
  }

  private static String ratio(double[] above, double[] below) {
    var all =
        IntStream.range(0, above.length).mapToDouble(i -> above[i] / below[i]).sorted().toArray();
    return "%.2f (%.2f–%.2f)"
        .formatted(Round.median(all), all[all.length / 4], all[3 * all.length / 4]);
  }

  /** For CPU time: the collector's, which comes in some rounds only, is part of the price. */
  private double mean(String subject, ToDoubleFunction<Round> measure) {
    return rounds.get(subject).stream().mapToDouble(measure).average().orElseThrow();
  }

  private double median(String subject, ToDoubleFunction<Round> measure) {
    return Round.median(values(subject, measure));
  }

  private double[] values(String subject, ToDoubleFunction<Round> measure) {
    return rounds.get(subject).stream().mapToDouble(measure).toArray();
  }
}
