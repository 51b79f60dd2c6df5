package myxds.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import myxds.gate.Bootstrap;
import myxds.gate.Gate;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.snapshot.GroupState.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was published before the last stop, at the next start. */
final class RestoreTest {
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
  private static final Instant EARLIER = NOW.minusSeconds(3600);

  private final Kept kept = new Kept();
  private final BlockingQueue<PublishedState> settled = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final SimpleCache<String> cache = new SimpleCache<>(node -> node.getId());
  private final Publisher publisher =
      new Publisher(
          new Publisher.Checks(
              new Gate(Schema.ofApi(), Bootstrap.UNKNOWN), Guard.DEFAULT, Opinion.NONE),
          new Publisher.Shelves(cache, kept, Clock.fixed(NOW, ZoneOffset.UTC)),
          new PublishObserver() {
            @Override
            public void judged(String group, Outcome outcome) {
              told.add(group + " " + outcome.getClass().getSimpleName());
            }

            @Override
            public void restored(String group, GroupSnapshot snapshot) {
              told.add(group + " restored");
            }

            @Override
            public void unsaved(String group, String reason) {
              told.add(group + " unsaved: " + reason);
            }

            @Override
            public void settled(PublishedState state) {
              settled.add(state);
            }
          });

  /** Keeps in memory what it is given. */
  private static final class Kept implements LastGood {
    private final Map<String, Saved> states = new TreeMap<>();
    private boolean full;

    @Override
    public List<Saved> load() {
      return List.copyOf(states.values());
    }

    @Override
    public void save(String group, GroupSnapshot snapshot, Instant at) throws IOException {
      if (full) {
        throw new IOException("no space left on device");
      }
      var resources = new ArrayList<Resource>();
      snapshot
          .types()
          .values()
          .forEach(view -> view.all().forEach(one -> resources.add(one.resource())));
      states.put(group, new Saved(group, at, resources, List.of()));
    }

    @Override
    public void forget(String group) {
      states.remove(group);
    }
  }

  @AfterEach
  void close() {
    publisher.close();
  }

  @Test
  void servesWhatWasPublishedWhileTheSourceIsUnavailable() throws Exception {
    keep("a", "x");
    publisher.restore();
    publisher.unavailable("gone");
    var state = next();

    assertThat(state.ready()).isTrue();
    assertThat(state.trouble()).isEqualTo("gone");
    assertThat(group(state, "a").standing()).isEqualTo(Standing.DEGRADED);
    assertThat(group(state, "a").publishedAt()).isEqualTo(EARLIER);
    assertThat(cache.getSnapshot("a")).isSameAs(group(state, "a").served());
  }

  @Test
  void isNotReadyBeforeTheSourceWasHeardOf() throws Exception {
    keep("a", "x");
    publisher.restore();
    publisher.approve(null, null).join();

    assertThat(publisher.state().group("a")).isPresent();
    assertThat(publisher.state().ready()).isFalse();
  }

  @Test
  void servesWhatWasPublishedInsteadOfABadState() throws Exception {
    keep("a", "x");
    publisher.restore();
    var state = submit(new Document("a/c.yaml", "{"));

    assertThat(state.ready()).isTrue();
    assertThat(group(state, "a").standing()).isEqualTo(Standing.DEGRADED);
    assertThat(told).containsExactly("a restored", "a Refused");
  }

  @Test
  void holdsADirectoryThatIsSuddenlyEmpty() throws Exception {
    keep("a", "x");
    publisher.restore();
    var state = submit();

    assertThat(group(state, "a").standing()).isEqualTo(Standing.HELD);
    assertThat(Objects.requireNonNull(group(state, "a").served()).types()).isNotEmpty();
  }

  @Test
  void publishesNothingWhenNothingChangedSince() throws Exception {
    keep("a", "x");
    publisher.restore();
    var state = submit(cluster("a/c.yaml", "x"));

    assertThat(group(state, "a").standing()).isEqualTo(Standing.PUBLISHED);
    assertThat(group(state, "a").publishedAt()).isEqualTo(EARLIER);
    assertThat(told).containsExactly("a restored", "a Unchanged");
  }

  @Test
  void readsTheSecretsThatWereLeftOutFromTheSource() throws Exception {
    keep("a", "x", new ResourceId(ResourceType.SECRET, "s"));
    publisher.restore();
    var state = submit(cluster("a/c.yaml", "x"), secret("a/s.yaml"), new Document("a/d.yaml", "{"));

    assertThat(group(state, "a").standing()).isEqualTo(Standing.DEGRADED);
    var served = Objects.requireNonNull(group(state, "a").served());
    assertThat(served.ofType(ResourceType.SECRET).contains("s")).isTrue();
    assertThat(told).containsExactly("a restored", "a restored", "a Refused");
  }

  @Test
  void waitsForTheSourceWhenWhatWasLeftOutIsMoreThanASecret() throws Exception {
    keep("a", "x", new ResourceId(ResourceType.CLUSTER, "y"));
    publisher.restore();
    publisher.unavailable("gone");
    assertThat(next().ready()).isFalse();

    var state =
        submit(cluster("a/c.yaml", "x"), cluster("a/y.yaml", "y"), new Document("a/d.yaml", "{"));

    assertThat(group(state, "a").standing()).isEqualTo(Standing.DEGRADED);
    var served = Objects.requireNonNull(group(state, "a").served());
    assertThat(served.ofType(ResourceType.CLUSTER).size()).isEqualTo(2);
  }

  @Test
  void doesNotServeWhatIsNoLongerWhole() throws Exception {
    keep("a", "x", new ResourceId(ResourceType.CLUSTER, "y"));
    publisher.restore();

    var state = submit(cluster("a/c.yaml", "x"), new Document("a/d.yaml", "{"));

    assertThat(state.ready()).isFalse();
    assertThat(group(state, "a").standing()).isEqualTo(Standing.REFUSED);
    assertThat(told).containsExactly("a Refused");
  }

  @Test
  void keepsAStateBeforeItIsServedAndForgetsAWithdrawnOne() throws Exception {
    submit(cluster("a/c.yaml", "x"), cluster("b/c.yaml", "x"));
    assertThat(kept.states.keySet()).containsExactly("a", "b");

    submit(cluster("b/c.yaml", "x"));
    publisher.approve("a", null).join();
    next();

    assertThat(kept.states.keySet()).containsExactly("b");
  }

  @Test
  void servesAStateThatCannotBeKept() throws Exception {
    kept.full = true;
    var state = submit(cluster("a/c.yaml", "x"));

    assertThat(group(state, "a").standing()).isEqualTo(Standing.PUBLISHED);
    assertThat(told).containsExactly("a unsaved: no space left on device", "a Published");
  }

  private void keep(String group, String cluster, ResourceId... leftOut) {
    var gate = new Gate(Schema.ofApi(), Bootstrap.UNKNOWN);
    var documents = new Documents(List.of(cluster(group + "/c.yaml", cluster)), List.of());
    var candidate = Objects.requireNonNull(gate.judge(documents).groups().get(group));
    kept.states.put(
        group, new LastGood.Saved(group, EARLIER, candidate.resources(), List.of(leftOut)));
  }

  private PublishedState submit(Document... documents) throws InterruptedException {
    publisher.submit(new Documents(List.of(documents), List.of()));
    return next();
  }

  private PublishedState next() throws InterruptedException {
    var state = settled.poll(10, TimeUnit.SECONDS);
    assertThat(state).isNotNull();
    return state;
  }

  private static GroupState group(PublishedState state, String name) {
    return state.group(name).orElseThrow();
  }

  private static Document cluster(String path, String name) {
    return new Document(
        path,
        "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: " + name + "}");
  }

  private static Document secret(String path) {
    return new Document(
        path,
        "{\"@type\": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret, name:"
            + " s}");
  }
}
