package myxds.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import myxds.gate.Bootstrap;
import myxds.gate.Candidate;
import myxds.gate.Gate;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.snapshot.GroupState.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PublisherTest {
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private final BlockingQueue<PublishedState> settled = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> judged = new LinkedBlockingQueue<>();
  private final SimpleCache<String> cache = new SimpleCache<>(node -> node.getId());
  private final Publisher publisher =
      new Publisher(
          new Publisher.Checks(
              new Gate(Schema.ofApi(), Bootstrap.UNKNOWN), Guard.DEFAULT, this::opinion),
          new Publisher.Shelves(cache, new KeepsNothing(), Clock.fixed(NOW, ZoneOffset.UTC)),
          new PublishObserver() {
            @Override
            public void judged(String group, Outcome outcome) {
              judged.add(group + " " + outcome.getClass().getSimpleName());
            }

            @Override
            public void settled(PublishedState state) {
              settled.add(state);
            }
          });

  private @Nullable Error trouble;

  private List<Problem> opinion(Candidate candidate, String version) {
    if (trouble != null) {
      throw trouble;
    }
    return List.of();
  }

  @AfterEach
  void close() {
    publisher.close();
  }

  @Test
  void publishesEachValidGroup() throws Exception {
    var state = submit(cluster("a/c.yaml", "x"), cluster("b/c.yaml", "y"));

    assertThat(state.ready()).isTrue();
    assertThat(state.problems()).isEmpty();
    assertThat(state.groups().keySet()).containsExactly("a", "b");
    assertThat(group(state, "a").publishedAt()).isEqualTo(NOW);
    assertThat(cache.getSnapshot("a")).isSameAs(group(state, "a").served());
  }

  @Test
  void goesOnAfterAStateThatItCannotJudge() throws Exception {
    submit(cluster("a/c.yaml", "x"));
    trouble = new OutOfMemoryError("large");
    var failed = submit(cluster("a/c.yaml", "y"));
    assertThat(failed.trouble()).isEqualTo("cannot be judged: java.lang.OutOfMemoryError: large");
    assertThat(group(failed, "a").standing()).isEqualTo(Standing.PUBLISHED);

    trouble = null;
    var state = submit(cluster("a/c.yaml", "y"));

    assertThat(state.trouble()).isNull();
    assertThat(judged).containsExactly("a Published", "a Published");
  }

  @Test
  void doesNotPublishTheSameContentTwice() throws Exception {
    submit(cluster("a/c.yaml", "x"));
    var state = submit(cluster("a/other-file.yaml", "x"));

    assertThat(judged).containsExactly("a Published", "a Unchanged");
    assertThat(group(state, "a").standing()).isEqualTo(Standing.PUBLISHED);
  }

  @Test
  void keepsTheLastGoodStateOfAGroupAndGoesOnWithTheOthers() throws Exception {
    var good = submit(cluster("a/c.yaml", "x"), cluster("b/c.yaml", "x"));
    var state = submit(new Document("a/c.yaml", "{"), cluster("b/c.yaml", "y"));

    assertThat(group(state, "a").standing()).isEqualTo(Standing.DEGRADED);
    assertThat(group(state, "a").served()).isSameAs(group(good, "a").served());
    assertThat(group(state, "b").served()).isNotSameAs(group(good, "b").served());
    assertThat(state.problems()).extracting(p -> p.origin().file()).containsExactly("a/c.yaml");
  }

  @Test
  void isPublishedAgainWhenTheFileIsRepaired() throws Exception {
    submit(cluster("a/c.yaml", "x"));
    submit(new Document("a/c.yaml", "{"));
    var state = submit(cluster("a/c.yaml", "x"));

    assertThat(group(state, "a").standing()).isEqualTo(Standing.PUBLISHED);
    assertThat(state.problems()).isEmpty();
  }

  @Test
  void isNotReadyWhileNoGroupIsValidAndBecomesSoByARepair() throws Exception {
    var bad = submit(new Document("a/c.yaml", "{"));
    var good = submit(cluster("a/c.yaml", "x"));

    assertThat(bad.ready()).isFalse();
    assertThat(group(bad, "a").standing()).isEqualTo(Standing.REFUSED);
    assertThat(good.ready()).isTrue();
  }

  @Test
  void isReadyWithNoGroupsAtAll() throws Exception {
    assertThat(submit().ready()).isTrue();
  }

  @Test
  void holdsAGroupOfWhichNothingIsLeft() throws Exception {
    var before = submit(cluster("a/c.yaml", "x"), cluster("b/c.yaml", "x"));
    var after = submit(new Document("b/c.yaml", ""));

    for (var name : List.of("a", "b")) {
      assertThat(group(after, name).standing()).isEqualTo(Standing.HELD);
      assertThat(cache.getSnapshot(name)).isSameAs(group(before, name).served());
    }
    assertThat(after.problems()).extracting(p -> p.origin().file()).containsExactly("a/", "b/");
  }

  @Test
  void publishesWhatIsHeldOnceItIsApproved() throws Exception {
    var before = submit(cluster("a/c.yaml", "x"), cluster("b/c.yaml", "x"));
    var held = group(submit(new Document("a/c.yaml", ""), cluster("b/c.yaml", "x")), "a").held();
    var version = Objects.requireNonNull(held).next().version();

    var wrong = publisher.approve("a", "another").join();
    var elsewhere = publisher.approve("b", null).join();
    var right = publisher.approve("a", version).join();

    assertThat(wrong)
        .isEqualTo(
            new Approval.NothingHeld(
                "version another is not held: group a holds %s".formatted(version)));
    assertThat(elsewhere).isEqualTo(new Approval.NothingHeld("nothing is held of group b"));
    assertThat(right).isEqualTo(new Approval.Approved(new TreeMap<>(Map.of("a", version))));
    var after = next();
    assertThat(group(after, "a").standing()).isEqualTo(Standing.PUBLISHED);
    assertThat(Objects.requireNonNull(group(after, "a").served()).types()).isEmpty();
    assertThat(group(after, "b").served()).isSameAs(group(before, "b").served());
    assertThat(after.problems()).isEmpty();
  }

  @Test
  void forgetsAGroupWithoutAFolderOnceItIsApproved() throws Exception {
    submit(cluster("a/c.yaml", "x"), cluster("b/c.yaml", "x"));
    submit(cluster("b/c.yaml", "x"));

    publisher.approve(null, null).join();

    assertThat(next().groups().keySet()).containsExactly("b");
    assertThat(Objects.requireNonNull(cache.getSnapshot("a")).clusters().resources()).isEmpty();
  }

  @Test
  void holdsNoLongerWhatCameBack() throws Exception {
    submit(cluster("a/c.yaml", "x"));
    submit();
    var back = submit(cluster("a/c.yaml", "x"));

    assertThat(group(back, "a").standing()).isEqualTo(Standing.PUBLISHED);
    assertThat(publisher.approve(null, null).join())
        .isEqualTo(new Approval.NothingHeld("nothing is held"));
  }

  @Test
  void saysWhichNodesNackedWhatAndWhereWhenItRollsBack() throws Exception {
    var good = submit(cluster("a/c.yaml", "x"));
    var bad = submit(cluster("a/c.yaml", "y"));
    var version = Objects.requireNonNull(group(bad, "a").served()).version();
    var nacks =
        List.of(
            nack("edge-2", "no such socket", new Origin("a/c.yaml", 3, 1)),
            nack("edge-1", "no such socket", new Origin("a/c.yaml", 3, 1)),
            nack("edge-3", "out of memory", null));

    var cause = new HoldCause.RolledBack("3 of 4 nodes NACKed it", nacks);
    publisher.rollBack(
        "a", new Rollback(version, Objects.requireNonNull(group(good, "a").served()), cause));
    var after = next();

    assertThat(group(after, "a").standing()).isEqualTo(Standing.HELD);
    assertThat(Objects.requireNonNull(group(after, "a").held()).cause()).isEqualTo(cause);
    assertThat(after.problems())
        .extracting(Problem::toString)
        .satisfiesExactly(
            one ->
                assertThat(one)
                    .startsWith(
                        "a/: error: rolled back: 3 of 4 nodes NACKed it (version " + version)
                    .endsWith("node edge-3 NACKed clusters: out of memory"),
            two ->
                assertThat(two)
                    .startsWith("a/c.yaml:3:1: error: rolled back: ")
                    .contains("my-xds approve --group a --version " + version)
                    .endsWith("nodes edge-1, edge-2 NACKed clusters: no such socket"));
  }

  private static HoldCause.NodeNack nack(String node, String reason, @Nullable Origin origin) {
    var what = new KeptRefusal.What(ResourceType.CLUSTER, "v", reason, NOW, false, "y", origin);
    return new HoldCause.NodeNack(node, what);
  }

  @Test
  void judgesAGroupOnlyWhenItChanged() throws Exception {
    submit(cluster("a/c.yaml", "x"), new Document("b/c.yaml", "{"));
    submit(cluster("a/c.yaml", "y"), new Document("b/c.yaml", "{"));

    assertThat(judged).containsExactly("a Published", "b Refused", "a Published");
  }

  @Test
  void keepsWhatIsServedWhileTheSourceIsUnavailable() throws Exception {
    var before = submit(cluster("a/c.yaml", "x"));
    publisher.unavailable("gone");
    var after = next();

    assertThat(after.trouble()).isEqualTo("gone");
    assertThat(after.groups()).isEqualTo(before.groups());
    assertThat(after.ready()).isTrue();
  }

  @Test
  void refusesAGroupWithAnUnreadableFile() throws Exception {
    publisher.submit(
        new Documents(
            List.of(cluster("a/c.yaml", "x")),
            List.of(Problem.error(Origin.of("a/d.yaml"), "permission denied"))));

    assertThat(group(next(), "a").standing()).isEqualTo(Standing.REFUSED);
  }

  @Test
  void judgesOnlyTheNewestOfABurst() {
    Stream.iterate(0, i -> i + 1)
        .limit(200)
        .forEach(
            i -> publisher.submit(new Documents(List.of(cluster("a/c.yaml", "x" + i)), List.of())));

    await()
        .untilAsserted(() ->
            assertThat(group(publisher.state(), "a").served())
                .satisfies(served ->
                    assertThat(String.valueOf(served.clusters().resources().keySet()))
                        .isEqualTo("[x199]")));
    assertThat(judged).hasSizeLessThan(200);
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
}
