package myxds.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.snapshot.GroupState.Standing;
import myxds.snapshot.PublishedState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private static final PublishedState READY =
      Sample.ready(Sample.group("node1", Standing.PUBLISHED, Sample.SNAPSHOT));

  private Asking asking;

  @BeforeEach
  void start() throws IOException {
    asking = new Asking();
  }

  @AfterEach
  void close() {
    asking.close();
  }

  @Test
  void isAliveBeforeItIsReady() throws Exception {
    var answer = asking.get("/healthz");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("ok\n");
  }

  @Test
  void isReadyWhenGroupsAreServedAndThePortsAccept() throws Exception {
    asking.state = READY;

    assertReady(200, "ok\n");
  }

  @Test
  void isReadyWithNoGroupsAtAll() throws Exception {
    asking.state = Sample.ready();

    assertReady(200, "ok\n");
  }

  @Test
  void isNotReadyBeforeTheFirstState() throws Exception {
    asking.state = PublishedState.NOTHING;

    assertReady(503, "the configuration was not read yet\n");
  }

  @Test
  void isNotReadyWhileThePortsDoNotAccept() throws Exception {
    asking.state = READY;
    asking.accepting = false;

    assertReady(503, "the xDS ports do not accept yet\n");
  }

  @Test
  void isNotReadyAndSaysWhyWhenNoGroupIsValid() throws Exception {
    var place = new Origin("edge/a.yaml", 3, 1);
    asking.state =
        Sample.withProblems(
            Sample.notReady(Sample.group("edge", Standing.REFUSED, null)),
            Problem.error(place, "one"),
            Problem.warning(place, "odd"),
            Problem.error(place, "two"),
            Problem.error(place, "three"),
            Problem.error(place, "four"));

    assertReady(
        503,
        """
        no group is valid
        edge/a.yaml:3:1: error: one
        edge/a.yaml:3:1: error: two
        edge/a.yaml:3:1: error: three
        and 1 more
        """);
  }

  @Test
  void staysReadyAndNamesTheGroupsThatAreNotAsTheConfigurationSays() throws Exception {
    asking.state =
        Sample.ready(
            Sample.group("a", Standing.PUBLISHED, Sample.SNAPSHOT),
            Sample.group("b", Standing.DEGRADED, Sample.SNAPSHOT),
            Sample.group("c", Standing.HELD, Sample.SNAPSHOT),
            Sample.group("d", Standing.REFUSED, null),
            Sample.rolledBack("e"));

    assertReady(
        200,
        """
        ok
        degraded: group b is served from its last good state
        degraded: group c has a state that is held: no clusters are left of 2
        degraded: group d has no good state yet
        degraded: group e was rolled back from version %s: 1 of 2 nodes NACKed it
        """
            .formatted(Sample.SNAPSHOT.version()));
  }

  @Test
  void staysReadyWhenTheConfigurationIsLost() throws Exception {
    asking.state = Sample.withTrouble(READY, "the directory is gone");

    assertReady(200, "ok\ndegraded: the directory is gone\n");
  }

  private void assertReady(int status, String text) throws Exception {
    var answer = asking.get("/readyz");
    assertThat(answer.body()).isEqualTo(text);
    assertThat(answer.statusCode()).isEqualTo(status);
  }
}
