package myxds.discovery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.envoyproxy.envoy.service.discovery.v3.ResourceLocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.Test;

/**
 * Whatever a client says, in whatever order: nothing is thrown, and every answer is a good one. As
 * a test it tells a few thousand random sequences; {@code JAZZER_FUZZ=1 mvn test
 * -Dtest=EngineFuzzTest} lets Jazzer look for more, ten minutes long.
 */
final class EngineFuzzTest {
  private static final List<ResourceType> TYPES =
      List.of(
          ResourceType.CLUSTER,
          ResourceType.ENDPOINT,
          ResourceType.LISTENER,
          ResourceType.ROUTE,
          ResourceType.VIRTUAL_HOST,
          ResourceType.of("type.googleapis.com/some.Unknown"));
  private static final List<String> NAMES =
      List.of(
          "*",
          "",
          "cluster-n0",
          "cluster-n1",
          "route-n0",
          "listener-n0",
          "route-n0/shop",
          "xdstp://a/envoy.config.cluster.v3.Cluster/b?y=1&x=2",
          "xdstp://a/envoy.config.cluster.v3.Cluster/*",
          "xdstp:///*",
          "xdstp:%",
          "\uD800");

  @FuzzTest(maxDuration = "10m")
  void answersWhateverIsSaid(FuzzedDataProvider data) throws IOException {
    new Session(data.consumeBoolean(), new Random(data.consumeLong()), data::consumeInt)
        .run(() -> data.remainingBytes() > 0, data::consumeBytes);
  }

  @Test
  void answersWhateverIsSaidAtRandom() {
    for (int seed = 0; seed < 2_000; seed++) {
      var random = new Random(seed);
      var steps = new int[] {60};
      var session =
          new Session(seed % 2 == 0, random, (from, to) -> from + random.nextInt(to - from + 1));
      assertThatCode(() -> session.run(() -> steps[0]-- > 0, length -> bytes(random, length)))
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
  }

  private static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** One of so many. */
  private interface Choice {
    int between(int least, int most);
  }

  private interface Bytes {
    byte[] of(int length);
  }

  private interface More {
    boolean is();
  }

  /** A stream, and what happens on it. */
  private static final class Session {
    private final boolean delta;
    private final Choice choice;
    private final World world;
    private final Told told = new Told();
    private final Set<String> nonces = new HashSet<>();
    private final List<String> seen = new ArrayList<>(List.of("", "0", "999"));

    Session(boolean delta, Random random, Choice choice) {
      this.delta = delta;
      this.choice = choice;
      this.world = new World(random);
    }

    void run(More more, Bytes bytes) throws IOException {
      while (more.is()) {
        switch (choice.between(0, 9)) {
          case 0 -> told.serve(world.edited());
          case 1 -> told.wire.ready = choice.between(0, 1) == 0;
          case 2 -> told.wire.elapse();
          case 3 -> raw(bytes.of(choice.between(0, 64)));
          case 4 -> told.stream.knows(List.of("xds.config.resource-in-sotw"));
          default -> ask();
        }
        told.stream.pump();
        check();
      }
      told.stream.close();
    }

    private void ask() {
      var type = TYPES.get(choice.between(0, TYPES.size() - 1));
      var nonce = seen.get(choice.between(0, seen.size() - 1));
      var error = Status.newBuilder().setMessage("no");
      if (delta) {
        var request = DeltaDiscoveryRequest.newBuilder().setResponseNonce(nonce);
        names().forEach(request::addResourceNamesSubscribe);
        names().forEach(request::addResourceNamesUnsubscribe);
        names().forEach(name -> request.putInitialResourceVersions(name, "v"));
        names().forEach(name -> request.addResourceLocatorsSubscribe(locator(name)));
        if (choice.between(0, 3) == 0) {
          request.setErrorDetail(error);
        }
        told.delta(type, request);
      } else {
        var request =
            DiscoveryRequest.newBuilder().setResponseNonce(nonce).addAllResourceNames(names());
        names().forEach(name -> request.addResourceLocators(locator(name)));
        if (choice.between(0, 3) == 0) {
          request.setErrorDetail(error);
        }
        told.sotw(type, request);
      }
    }

    private List<String> names() {
      var names = new ArrayList<String>();
      for (int i = choice.between(0, 3); i > 1; i--) {
        names.add(NAMES.get(choice.between(0, NAMES.size() - 1)));
      }
      return names;
    }

    private static ResourceLocator locator(String name) {
      return ResourceLocator.newBuilder().setName(name).build();
    }

    /** What is no message ends a stream before it comes here. */
    private void raw(byte[] bytes) {
      try {
        if (delta) {
          told.delta(ResourceType.ENDPOINT, DeltaDiscoveryRequest.newBuilder().mergeFrom(bytes));
        } else {
          told.sotw(ResourceType.ENDPOINT, DiscoveryRequest.newBuilder().mergeFrom(bytes));
        }
      } catch (InvalidProtocolBufferException e) {
        assertThat(e).isNotNull();
      }
    }

    private void check() throws IOException {
      var types = new HashSet<ResourceType>();
      for (var response = told.wire.sent.poll();
          response != null;
          response = told.wire.sent.poll()) {
        assertThat(types.add(response.type())).as("one of a type at a time").isTrue();
        assertThat(nonces.add(response.nonce())).as("a nonce of its own").isTrue();
        seen.add(response.nonce());
        var bytes = new ByteArrayOutputStream();
        response.writeTo(bytes);
        assertThat(bytes.size()).isEqualTo(response.size());
        assertThat(names(bytes.toByteArray(), response)).doesNotHaveDuplicates();
      }
    }

    private List<String> names(byte[] bytes, Response response)
        throws InvalidProtocolBufferException {
      if (!delta) {
        var sotw = DiscoveryResponse.parseFrom(bytes);
        assertThat(sotw.getNonce()).isEqualTo(response.nonce());
        return List.of();
      }
      var answer = DeltaDiscoveryResponse.parseFrom(bytes);
      assertThat(answer.getNonce()).isEqualTo(response.nonce());
      var names =
          new ArrayList<>(answer.getResourcesList().stream().map(Resource::getName).toList());
      names.addAll(answer.getRemovedResourcesList());
      return names;
    }
  }
}
