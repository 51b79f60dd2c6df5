package myxds.conformance;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Writes docs/conformance.md: every row on this program and on the library, side by side. It gates
 * nothing, so its name keeps it out of the usual run: {@code mvn test -Dtest=ConformanceReport}.
 * With {@code -Dconformance.remote=host:port} it tells of that server instead, on the terminal.
 */
final class ConformanceReport {
  /** Most of a failing row is waiting. */
  private static final int AT_ONCE = 6;

  @Test
  void report() throws Exception {
    var remote = System.getProperty("conformance.remote");
    if (remote != null) {
      System.out.println(Page.table(List.of(column(new RemoteSubject(remote)))));
      return;
    }
    var columns = List.of(column(new EngineSubject()), column(new LibrarySubject()));
    Files.writeString(Page.PATH, Page.of(columns));
  }

  private static Page.Column column(Subject subject) throws Exception {
    try (subject;
        var pool = Executors.newFixedThreadPool(AT_ONCE)) {
      var running = new ArrayList<Future<Verdict>>();
      for (var check : Check.all()) {
        running.add(pool.submit((Callable<Verdict>) () -> Verdict.of(check, subject)));
      }
      var verdicts = new ArrayList<Verdict>();
      for (var verdict : running) {
        verdicts.add(verdict.get());
      }
      return new Page.Column(subject.name(), verdicts);
    }
  }
}
