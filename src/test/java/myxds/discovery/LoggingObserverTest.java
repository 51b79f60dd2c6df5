package myxds.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import myxds.discovery.DiscoveryObserver.Answered;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.engine.Refusal;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingObserverTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingObserver.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final DiscoveryObserver observer = new LoggingObserver();
  private final XdsStream stream =
      XdsStream.begin(Transport.ADS_DELTA, "127.0.0.1:5").withNode(Fixtures.NODE);

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void tellsTheLifeOfAStreamAtInfo() {
    observer.streamOpened(stream);
    observer.acked(stream, ResourceType.CLUSTER, "3f9a");
    observer.streamClosed(stream, "CANCELLED", Duration.ofMillis(12));

    var tail = " stream=" + stream.id() + " transport=ads-delta address=127.0.0.1:5";
    assertThat(lines())
        .containsExactly(
            "INFO stream opened" + tail,
            "INFO acked node=node1 type=clusters version=3f9a",
            "INFO stream closed node=node1" + tail + " status=CANCELLED lived=PT0.012S");
  }

  @Test
  void warnsOfANack() {
    observer.nacked(stream, ResourceType.CLUSTER, new Refusal("3f9a", "", "cannot bind", null));

    assertThat(lines())
        .containsExactly("WARN nacked node=node1 type=clusters version=3f9a reason=cannot bind");
  }

  @Test
  void tellsEachMessageAtDebug() {
    observer.requested(
        stream, new Asked(ResourceType.CLUSTER, "3f9a", "7", Collections.nCopies(12, "a")));
    observer.responded(stream, new Answered(ResourceType.CLUSTER, "55c0", "8", 2, 1, 99));

    assertThat(lines())
        .containsExactly(
            "DEBUG request node=node1 type=clusters version=3f9a nonce=7"
                + " names=a,a,a,a,a,a,a,a,a,a,… (12)",
            "DEBUG response node=node1 type=clusters version=55c0 nonce=8"
                + " resources=2 removed=1 bytes=99");
  }

  @Test
  void callsARestRequestAFetch() {
    var fetch = XdsStream.begin(Transport.REST, "127.0.0.1:5").withNode(Fixtures.NODE);

    observer.requested(fetch, new Asked(ResourceType.ROUTE, "", "", List.of()));
    observer.responded(fetch, new Answered(ResourceType.ROUTE, "55c0", "", 0, 0, 0));

    assertThat(lines().getFirst()).startsWith("DEBUG fetch request node=node1 type=routes");
    assertThat(lines().getLast()).startsWith("DEBUG fetch response node=node1 type=routes");
  }

  private List<String> lines() {
    return lines.list.stream().map(LoggingObserverTest::line).toList();
  }

  private static String line(ILoggingEvent event) {
    return event.getKeyValuePairs().stream()
        .map(pair -> pair.key + "=" + pair.value)
        .collect(Collectors.joining(" ", event.getLevel() + " " + event.getMessage() + " ", ""));
  }
}
