package myxds.discovery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import myxds.TestReferences;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.Versioned;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Long random stories of publications, verdicts, changed wishes and reconnects, in every order in
 * which the wire may bring them, told to a naive client. When all is said, the client has exactly
 * what it should; nothing came twice without cause; and what it had was whole at every moment.
 *
 * <p>{@code -Dmodel.steps=10000000} makes the stories longer, {@code -Dmodel.seed=N} tells one.
 */
final class ModelTest {
  static final Rules RULES =
      new Rules("model", false, false, Duration.ofSeconds(15), TestReferences.ofApi());

  private static final int STEPS = Integer.getInteger("model.steps", 40_000);
  private static final int STEPS_OF_A_STORY = 400;
  private static final Pattern CLUSTER = Pattern.compile("cluster-n\\d");

  /** What may happen to a client. */
  enum Life {
    /** Everything is accepted; whatever it has must be whole at every moment. */
    SMOOTH,
    /** It gives names, and changes them. */
    NAMING,
    /** It refuses now and then, and waits end by their time. */
    ROUGH
  }

  static Stream<Arguments> stories() {
    var seed = Long.getLong("model.seed");
    var seeds =
        seed != null ? LongStream.of(seed) : LongStream.range(0, STEPS / STEPS_OF_A_STORY / 6 + 1);
    return seeds
        .boxed()
        .flatMap(one ->
            Stream.of(Life.values())
                .flatMap(life ->
                    Stream.of(Arguments.of(one, life, false), Arguments.of(one, life, true))));
  }

  @ParameterizedTest(name = "-Dmodel.seed={0} {1} delta={2}")
  @MethodSource("stories")
  void bringsTheClientWhereItShouldBe(long seed, Life life, boolean delta) {
    new Story(seed, life, delta).tell();
  }

  /** One story. */
  private static final class Story {
    private final Random random;
    private final Life life;
    private final boolean delta;
    private final World world;
    private final ModelClient client;
    private Served served;
    private boolean whole = true;

    Story(long seed, Life life, boolean delta) {
      this.random = new Random(seed * 31 + life.name().hashCode() * 2L + (delta ? 1 : 0));
      this.life = life;
      this.delta = delta;
      this.world = new World(random);
      this.client = new ModelClient(random, delta, this::checkWhole);
      this.served = new Served(world.edited(), RULES, null);
      if (life == Life.NAMING) {
        client.nameNames();
      }
    }

    void tell() {
      connect();
      for (int step = 0; step < STEPS_OF_A_STORY; step++) {
        step();
      }
      quiesce();
      if (!isRefused()) {
        checkComplete();
      }
      publish(world.renewed());
      quiesce();
      checkComplete();
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0 -> publish(world.edited());
        case 1 -> client.wire().ready = random.nextBoolean();
        case 2 -> client.changeWishes();
        case 3 -> {
          if (life == Life.ROUGH && random.nextInt(4) == 0) {
            client.wire().elapse();
          }
        }
        case 4 -> {
          if (random.nextInt(10) == 0) {
            connect();
          }
        }
        case 5, 6, 7 -> client.deliverRequest();
        default -> client.read(life == Life.ROUGH && random.nextInt(6) == 0);
      }
      client.stream().pump();
    }

    private void connect() {
      client.connect();
      client.stream().serve(served);
      whole &= isRemembered();
    }

    /** What a SotW client holds that was away for long, nobody remembers. */
    private boolean isRemembered() {
      var version = client.replicas().of(ResourceType.CLUSTER).version;
      return delta || served.view(ResourceType.CLUSTER, version) != null;
    }

    private void publish(GroupSnapshot snapshot) {
      served = new Served(snapshot, RULES, served);
      if (!delta) {
        client.replicas().forEach((type, replica) -> replica.forget(served.view(type)));
      }
      whole &= isRemembered();
      client.stream().serve(served);
    }

    /** Until nobody has anything to say. */
    private void quiesce() {
      client.wire().ready = true;
      client.stream().pump();
      boolean busy = true;
      while (busy) {
        busy = client.deliverRequest();
        busy |= client.read(false);
        busy |= !busy && client.wire().elapse();
        client.stream().pump();
      }
    }

    /** A refusal of what is served still stands, and what depends on it waits. */
    private boolean isRefused() {
      return World.TYPES.stream()
          .anyMatch(type ->
              served.view(type).all().stream()
                  .anyMatch(
                      one -> client.replicas().of(type).hasRefused(one.name(), version(one))));
    }

    private void checkComplete() {
      for (var type : World.TYPES) {
        var replica = client.replicas().of(type);
        for (var one : served.view(type).all()) {
          if (replica.wants(one.name()) && !replica.hasRefused(one.name(), version(one))) {
            assertThat(replica.holds).as(type.plural()).containsEntry(one.name(), version(one));
          }
        }
        if (!isRefused()) {
          assertThat(replica.owed)
              .as("%s that did not follow", type)
              .noneMatch(name -> served.view(type).contains(name) && replica.wants(name));
        }
        // As long as a client refuses to let go of a cluster, it stays.
        boolean kept = type.equals(ResourceType.CLUSTER) && isRefused();
        if (!kept && (delta || SotwRules.isWhole(type))) {
          assertThat(replica.holds.keySet())
              .as("%s that are gone", type)
              .allMatch(name -> served.view(type).contains(name));
        }
      }
    }

    private String version(Versioned one) {
      return delta ? one.version() : Reading.text(one.content());
    }

    /** Whoever names a cluster finds it, from the first moment on at which that is so. */
    private void checkWhole(Replicas replicas) {
      if (!delta) {
        replicas.forEach((type, replica) -> replica.forget(served.view(type)));
      }
      var lost =
          Stream.of(ResourceType.LISTENER, ResourceType.ROUTE)
              .flatMap(type -> lost(replicas, type).stream())
              .toList();
      whole |= lost.isEmpty();
      if (life == Life.SMOOTH && whole) {
        assertThat(lost).isEmpty();
      }
    }

    /** What names a cluster that the client does not have. */
    private List<String> lost(Replicas replicas, ResourceType type) {
      var clusters = replicas.of(ResourceType.CLUSTER).holds.keySet();
      var replica = replicas.of(type);
      var lost = new ArrayList<String>();
      replica.contents.forEach((name, content) ->
          CLUSTER
              .matcher(content)
              .results()
              .filter(named -> !clusters.contains(named.group()) && !replica.isForgotten(name))
              .forEach(named -> lost.add(name + " names " + named.group())));
      return lost;
    }
  }
}
