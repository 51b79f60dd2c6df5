package myxds.discovery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * A client that takes everything literally. It applies what is good of a response and, when it is
 * told to be picky, refuses one resource of it; it reads a response only when somebody says so.
 */
final class ModelClient {
  private final Random random;
  private final boolean delta;
  private final Replicas replicas = new Replicas();
  private final Queue<Runnable> requests = new ArrayDeque<>();
  private final Set<String> nonces = new HashSet<>();
  private final Consumer<Replicas> afterEachResponse;
  private Wire wire = new Wire();
  private ClientStream stream;
  private boolean named;

  ModelClient(Random random, boolean delta, Consumer<Replicas> check) {
    this.random = random;
    this.delta = delta;
    this.afterEachResponse = check;
    this.stream = new ClientStream(wire, ModelTest.RULES);
  }

  Replicas replicas() {
    return replicas;
  }

  Wire wire() {
    return wire;
  }

  ClientStream stream() {
    return stream;
  }

  /** Asks for everything in the order in which Envoy does. */
  void connect() {
    wire = new Wire();
    stream = new ClientStream(wire, ModelTest.RULES);
    requests.clear();
    nonces.clear();
    replicas.forEach((type, replica) -> replica.reconnect());
    replicas.forEach((type, replica) -> ask(type, null));
  }

  /** From now on it gives names, some of them, instead of asking for everything. */
  void nameNames() {
    named = true;
    replicas.forEach((type, replica) -> {
      replica.wildcard = type.equals(ResourceType.CLUSTER);
      if (!replica.wildcard) {
        replica.names.addAll(List.of(name(type), name(type)));
      }
    });
  }

  /** The oldest request reaches the server; whether there was one. */
  boolean deliverRequest() {
    var request = requests.poll();
    if (request != null) {
      request.run();
    }
    return request != null;
  }

  /** Reads the oldest response; whether there was one. */
  boolean read(boolean picky) {
    var response = wire.sent.poll();
    if (response == null) {
      return false;
    }
    assertThat(nonces.add(response.nonce())).as("a nonce of its own").isTrue();
    var replica = replicas.of(response.type());
    assertThat(wire.sent.stream().filter(other -> other.type().equals(response.type())))
        .as("one response of a type at a time")
        .isEmpty();
    var bytes = new ByteArrayOutputStream();
    try {
      response.writeTo(bytes);
      var reading = new Reading(replicas, response.type(), picky ? random : null);
      var bad =
          delta
              ? reading.delta(DeltaDiscoveryResponse.parseFrom(bytes.toByteArray()))
              : reading.sotw(DiscoveryResponse.parseFrom(bytes.toByteArray()));
      replica.nonce = response.nonce();
      replica.answered();
      if (bad == null) {
        replica.version = response.version();
      }
      ask(response.type(), bad);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    afterEachResponse.accept(replicas);
    return true;
  }

  /** Wants something else of some type. */
  void changeWishes() {
    if (!named || (!delta && !(wire.sent.isEmpty() && requests.isEmpty()))) {
      // A SotW server overlooks a wish that crosses a response; a name that is dropped and taken up
      // again in between was never dropped for it.
      return;
    }
    var type = World.TYPES.get(1 + random.nextInt(World.TYPES.size() - 1));
    var replica = replicas.of(type);
    var name = name(type);
    boolean drop = replica.names.contains(name) && random.nextBoolean();
    if (drop) {
      replica.names.remove(name);
      replica.drop(name);
    } else {
      replica.names.add(name);
      replica.expected.add(name);
    }
    if (delta) {
      var request = DeltaDiscoveryRequest.newBuilder();
      if (drop) {
        request.addResourceNamesUnsubscribe(name);
      } else {
        request.addResourceNamesSubscribe(name);
      }
      queue(type, request.build());
    } else {
      ask(type, null);
    }
  }

  private String name(ResourceType type) {
    return World.name(type, random);
  }

  private void ask(ResourceType type, @Nullable String refused) {
    var replica = replicas.of(type);
    var error = Status.newBuilder().setMessage("refused " + refused);
    if (delta) {
      var request = DeltaDiscoveryRequest.newBuilder().setResponseNonce(replica.nonce);
      if (!replica.asked) {
        request.putAllInitialResourceVersions(replica.holds);
        if (!replica.wildcard) {
          request.addAllResourceNamesSubscribe(replica.names);
          replica.expected.addAll(replica.names);
          replica.expected.removeAll(replica.holds.keySet());
        }
      }
      if (refused != null) {
        request.setErrorDetail(error);
      }
      queue(type, request.build());
    } else {
      var request =
          DiscoveryRequest.newBuilder()
              .setVersionInfo(replica.version)
              .setResponseNonce(replica.nonce);
      if (!replica.wildcard) {
        request.addAllResourceNames(replica.names);
      }
      if (refused != null) {
        request.setErrorDetail(error);
      }
      queue(type, request.build());
    }
    if (!delta && !replica.asked) {
      // Only a whole type can be skipped on a new stream: names are always answered.
      replica.expected.addAll(replica.holds.keySet());
    }
    replica.asked = true;
  }

  private void queue(ResourceType type, Object message) {
    var to = stream;
    requests.add(() -> to.request(type, StreamRequest.of(message)));
  }
}
