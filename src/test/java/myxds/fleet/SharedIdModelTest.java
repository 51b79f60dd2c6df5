package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import myxds.discovery.XdsStream;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random stories of clients of few ids and builds, against the three rules in their simplest form:
 * who ACKed a state keeps it; who NACKed it is served what it ACKed last; a new one is not offered
 * what one of its id and build NACKed, until one of its id runs it.
 */
final class SharedIdModelTest {
  private static final int STEPS = 1500;

  private final Told told = new Told();
  private final List<Client> clients = new ArrayList<>();

  /** Those without a stream, the last one first. */
  private final List<Client> gone = new ArrayList<>();

  /** The ids and builds that NACKed the newest state, and that did not ACK it later themselves. */
  private final Map<String, Client> nacked = new HashMap<>();

  private final Set<GroupSnapshot> everAcked = new HashSet<>();
  private GroupSnapshot newest = told.publish("0");
  private int states;

  /** A client as the rules see it. */
  private static final class Client {
    final XdsStream stream;
    final String id;
    final String build;
    @Nullable GroupSnapshot acked;
    boolean refuses;
    boolean withheld;
    boolean runsNewest;

    Client(XdsStream stream, String id, String build) {
      this.stream = stream;
      this.id = id;
      this.build = build;
    }

    String who() {
      return id + " " + build;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void servesEachClientByTheRules(int seed) {
    var random = new Random(seed);
    int nacks = 0;
    int withheld = 0;
    for (int step = 0; step < STEPS; step++) {
      nacks += step(random) ? 1 : 0;
      for (var client : clients) {
        withheld += client.withheld ? 1 : 0;
        check(client, "seed " + seed + " step " + step);
      }
    }
    assertThat(nacks).isGreaterThan(10);
    assertThat(withheld).isGreaterThan(10);
  }

  /** Whether it was a NACK. */
  private boolean step(Random random) {
    told.now = told.now.plusMillis(1);
    int what = random.nextInt(20);
    if (what < 2) {
      publish();
    } else if (clients.isEmpty() || what < 7) {
      connects("id" + random.nextInt(2), "1." + random.nextInt(2));
    } else {
      var client = clients.get(random.nextInt(clients.size()));
      if (what < 11) {
        closes(client, random.nextInt(4) == 0);
      } else if (what < 15 && told.serves(client.stream, newest) == newest && !client.runsNewest) {
        nacks(client);
        return true;
      } else {
        acks(client);
      }
    }
    return false;
  }

  private void publish() {
    states++;
    newest = told.publish(Integer.toString(states));
    nacked.clear();
    clients.forEach(SharedIdModelTest::forget);
    gone.forEach(SharedIdModelTest::forget);
  }

  private static void forget(Client client) {
    client.refuses = false;
    client.withheld = false;
    client.runsNewest = false;
  }

  private void connects(String id, String build) {
    var node = Told.node(id).toBuilder().setUserAgentVersion(build).build();
    var client = new Client(told.connect(node), id, build);
    var before = replaced(id, build);
    boolean isRun = clients.stream().anyMatch(one -> one.id.equals(id) && one.runsNewest);
    if (before != null) {
      gone.remove(before);
      client.acked = before.acked;
      isRun |= before.runsNewest;
    }
    client.withheld = nacked.containsKey(client.who()) && !isRun;
    clients.add(client);
  }

  private @Nullable Client replaced(String id, String build) {
    var alike = gone.stream().filter(one -> one.id.equals(id)).toList();
    return alike.stream()
        .filter(one -> one.build.equals(build))
        .findFirst()
        .orElse(alike.isEmpty() ? null : alike.getFirst());
  }

  /**
   * @param forgotten whether all that are gone are forgotten before the next step
   */
  private void closes(Client client, boolean forgotten) {
    told.closes(client.stream);
    clients.remove(client);
    gone.addFirst(client);
    if (forgotten) {
      told.now = told.now.plus(Duration.ofMinutes(11));
      told.fleet.census().counts();
      gone.clear();
    }
  }

  private void acks(Client client) {
    var served = told.serves(client.stream, newest);
    told.takes(client.stream, served);
    client.acked = served;
    everAcked.add(served);
    if (served == newest) {
      client.runsNewest = true;
      client.withheld = false;
      if (client.refuses && nacked.get(client.who()) == client) {
        nacked.remove(client.who());
      }
      client.refuses = false;
      clients.stream().filter(one -> one.id.equals(client.id)).forEach(one -> one.withheld = false);
    }
  }

  private void nacks(Client client) {
    told.refuses(client.stream, newest);
    client.refuses = true;
    client.acked = client.acked == newest ? null : client.acked;
    client.withheld = false;
    nacked.put(client.who(), client);
  }

  private void check(Client client, String when) {
    var served = told.serves(client.stream, newest);
    if (!client.refuses && !client.withheld) {
      assertThat(served.version()).as(when).isEqualTo(newest.version());
    } else if (client.acked != null && client.acked != newest) {
      assertThat(served.version()).as(when).isEqualTo(client.acked.version());
    } else {
      // It ACKed nothing: what others did, or the newest if none did.
      boolean othersDid = everAcked.stream().anyMatch(one -> one != newest);
      assertThat(served == newest).as(when).isEqualTo(!othersDid);
      assertThat(served == newest || everAcked.contains(served)).as(when).isTrue();
    }
  }
}
