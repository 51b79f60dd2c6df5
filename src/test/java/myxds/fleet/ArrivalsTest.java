package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Standing;
import myxds.resource.ConfigReference;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a client that requests one type after the other runs a state as a whole. */
class ArrivalsTest {
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final String IN_SYNC = "converged a 0 false";

  private final Told told = new Told(QUIET);

  @AfterEach
  void close() {
    told.fleet.close();
  }

  private void requests(XdsStream stream, ResourceType type, String... names) {
    told.fleet.requested(stream, new Asked(type, "", "", List.of(names)));
    told.fleet.moved(stream, new Standing(type, List.of(names), "", "", false, ""));
  }

  /** The stream requests names of a type, and ACKs what it is sent. */
  private void gets(XdsStream stream, ResourceType type, String... names) {
    requests(stream, type, names);
    var version = told.states.values().iterator().next().version(type);
    told.fleet.moved(stream, new Standing(type, List.of(names), version, version, true, ""));
  }

  @Test
  void doesNotRunAStateBeforeItRequestedItsListeners() {
    told.publish("one");
    var stream = told.stream(Told.node("a"));

    gets(stream, ResourceType.CLUSTER, "*");
    assertThat(told.events).containsExactly("connected a");
    assertThat(told.state("a")).isEqualTo(NodeState.BEHIND);

    gets(stream, ResourceType.LISTENER, "*");
    assertThat(told.events).containsExactly("connected a", IN_SYNC);
    assertThat(told.state("a")).isEqualTo(NodeState.IN_SYNC);
  }

  @Test
  void doesNotRunAStateBeforeItRequestedWhatItsResourcesReference() {
    told.references = Set.of(new ConfigReference(ResourceType.ENDPOINT, "shop", true));
    told.publish("one");
    var stream = told.stream(Told.node("a"));

    gets(stream, ResourceType.CLUSTER, "*");
    gets(stream, ResourceType.LISTENER, "*");
    gets(stream, ResourceType.ENDPOINT, "other");
    assertThat(told.events).containsExactly("connected a");
    assertThat(told.state("a")).isEqualTo(NodeState.BEHIND);

    gets(stream, ResourceType.ENDPOINT, "other", "shop");
    assertThat(told.events).containsExactly("connected a", IN_SYNC);
    assertThat(told.state("a")).isEqualTo(NodeState.IN_SYNC);
  }

  @Test
  void expectsNoRequestsToOtherServersOnAnAggregatedStream() {
    told.references = Set.of(new ConfigReference(ResourceType.ENDPOINT, "shop", false));
    told.publish("one");
    var stream = told.stream(Told.node("a"));

    gets(stream, ResourceType.CLUSTER, "*");
    gets(stream, ResourceType.LISTENER, "*");

    assertThat(told.events).containsExactly("connected a", IN_SYNC);
  }

  @Test
  void runsAStateWhenItRequestsNothingElseForSomeTime() {
    told.publish("one");
    var stream = told.stream(Told.node("a"));
    gets(stream, ResourceType.CLUSTER, "*");

    told.now = told.now.plus(QUIET);

    assertThat(told.state("a")).isEqualTo(NodeState.IN_SYNC);
    await().untilAsserted(() -> assertThat(told.events).containsExactly("connected a", IN_SYNC));
  }

  @Test
  void doesNotMissWhatOnlyADrainingListenerRequests() {
    told.references = Set.of(new ConfigReference(ResourceType.ROUTE, "old", true));
    told.publish("one");
    var stream = told.connect(Told.node("a"));
    requests(stream, ResourceType.ROUTE, "old", "typo");
    assertThat(told.type("a", ResourceType.ROUTE).missing()).containsExactly("old", "typo");

    told.references = Set.of();
    told.publish("two");

    assertThat(told.type("a", ResourceType.ROUTE).missing()).containsExactly("typo");
    assertThat(told.fleet.census().missing()).containsEntry("edge", 1);
  }
}
