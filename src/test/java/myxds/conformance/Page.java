package myxds.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** docs/conformance.md. */
final class Page {
  static final Path PATH = Path.of("docs/conformance.md");

  private static final String INTRO =
      """
      # Conformance

      What an xDS server must do, as rows that a suite of raw frames shows on a running server, without
      a client library in between. This page is written by a run of the suite: **no** is a row that did
      not hold, with the first thing that was wrong, and – one that cannot be shown on that server.
      Every row is a test of this program (`mvn test -Dtest=ConformanceTest`, one alone with
      `-Dconformance.row=17`); the other column is java-control-plane's `V3DiscoveryServer` on its
      `SimpleCache`, given the same resources and, for each type, a version that changes when the
      type's resources do.

      To write this page anew: `mvn test -Dtest=ConformanceReport`.

      To try another server: give every node id the resources of `Sample.standard()` in
      src/test/java/myxds/conformance, then

          mvn test -Dtest=ConformanceReport -Dconformance.remote=host:port

      Rows that change what is served do not apply there, and say so. A server that can be told from
      Java what to serve is a class that implements `Subject`, as `LibrarySubject` does, and takes all
      rows.

      """;

  private static final String ELSEWHERE =
      """

      ## Shown elsewhere, or not at all

      | row | |
      | --- | --- |
      | 85 | a real Envoy leaves warming within a second with a fetch timeout of a minute: `WarmingTest` |
      | 108 | a locator's parameters choose nothing: neither Envoy 1.40 nor grpc-java sends any; its name counts (109) |
      | 112–116, 118 | REST: `RestServerTest`; 117, the long poll, is not offered |
      | 121 | a response above 4 MiB is told in log and metrics (`MetricsTest`), and not split |
      | 122 | a stalled reader: `HostileClientTest.endsWhatDoesNotReadWhenOthersStarve` |
      | 124 | a callback that publishes: `LibraryCallbacksTest.mayPublish` |
      | 125 | bytes are shared: `src/bench` |
      | 126, 127, 129 | pings, dead peers and the stop are gRPC's, as `XdsServer` sets it: `XdsServerTest` |
      | 128 | TLS is not there yet |
      | 130 | nothing is kept by node id: `HostileClientTest.keepsNothingOfStreamsHoweverTheyEnd` |
      | 134 | references are not checked yet |
      | 139, 142 | what a refusal left behind, and client features, are not shown to people yet |
      | 140 | a stop before the first response is told as UNAVAILABLE by gRPC |
      | 143 | authorities are part of names, and choose nothing |
      """;

  /** The verdicts of one server, in the order of {@link Check#all}. */
  record Column(String server, List<Verdict> verdicts) {}

  private Page() {}

  static String of(List<Column> columns) {
    return INTRO + table(columns) + ELSEWHERE;
  }

  static String table(List<Column> columns) {
    var lines = new ArrayList<String>();
    var servers = columns.stream().map(Column::server).collect(Collectors.joining(" | "));
    lines.add("| row | behaviour | " + servers + " |");
    lines.add("| --- | --- |" + " --- |".repeat(columns.size()));
    var checks = Check.all();
    for (int i = 0; i < checks.size(); i++) {
      int at = i;
      var cells = columns.stream().map(column -> cell(column.verdicts.get(at)));
      lines.add(
          "| %d | %s | %s |"
              .formatted(
                  checks.get(i).row(),
                  checks.get(i).sentence(),
                  cells.collect(Collectors.joining(" | "))));
    }
    return String.join("\n", lines) + "\n\n" + sums(columns);
  }

  private static String sums(List<Column> columns) {
    return columns.stream()
        .map(column ->
            "%s: %d of %d hold.\n"
                .formatted(column.server, holding(column), column.verdicts.size()))
        .collect(Collectors.joining("\n"));
  }

  private static long holding(Column column) {
    return column.verdicts.stream().filter(Verdict.Holds.class::isInstance).count();
  }

  private static String cell(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Holds() -> "ok";
      case Verdict.Fails(var why, var cause) -> "**no**: " + why.replace("|", "\\|");
      case Verdict.DoesNotApply(var why) -> "–";
    };
  }
}
