package myxds.discovery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** A client reads one response: applies what is good of it and, if it is picky, refuses one. */
final class Reading {
  private final Replicas replicas;
  private final ResourceType type;
  private final Replica replica;
  private final @Nullable Random picky;

  Reading(Replicas replicas, ResourceType type, @Nullable Random picky) {
    this.replicas = replicas;
    this.type = type;
    this.replica = replicas.of(type);
    this.picky = picky;
  }

  /** A resource as it came. */
  private record Given(String name, String version, String content) {}

  /** The name that was refused; null when none was. */
  @Nullable String sotw(DiscoveryResponse response) throws InvalidProtocolBufferException {
    assertThat(response.getTypeUrl()).isEqualTo(type.typeUrl());
    var given = new ArrayList<Given>();
    for (var any : response.getResourcesList()) {
      assertThat(any.getTypeUrl()).isEqualTo(type.typeUrl());
      given.add(new Given(name(any), text(any.getValue()), text(any.getValue())));
    }
    boolean whole = SotwRules.isWhole(type);
    var names = given.stream().map(Given::name).toList();
    if (whole) {
      List.copyOf(replica.holds.keySet()).stream()
          .filter(name -> !names.contains(name))
          .forEach(replica::drop);
    }
    return take(given, !whole);
  }

  /** The name that was refused; null when none was. */
  @Nullable String delta(DeltaDiscoveryResponse response) throws InvalidProtocolBufferException {
    assertThat(response.getTypeUrl()).isEqualTo(type.typeUrl());
    var given = response.getResourcesList().stream().map(Reading::given).toList();
    for (var name : response.getRemovedResourcesList()) {
      assertThat(given).extracting(Given::name).doesNotContain(name);
      replica.drop(name);
    }
    return take(given, true);
  }

  private @Nullable String take(List<Given> given, boolean onlyNews)
      throws InvalidProtocolBufferException {
    assertThat(given.stream().map(Given::name).toList()).doesNotHaveDuplicates();
    int bad = picky == null ? -1 : bad(given, picky);
    for (int i = 0; i < given.size(); i++) {
      var one = given.get(i);
      if (onlyNews && replica.wants(one.name)) {
        replica.checkCause(one.name, one.version);
      }
      follow(one, i != bad);
      if (i == bad) {
        replica.refuse(one.name, one.version);
        continue;
      }
      replica.take(one.name, one.version, one.content);
    }
    return bad < 0 ? null : given.get(bad).name;
  }

  /** What a resource that is new or changed references must come once more, what others do not. */
  private void follow(Given one, boolean taken) throws InvalidProtocolBufferException {
    boolean changed = replica.isChange(one.name, one.content);
    if (!changed && !replica.isNewToServer(one.name)) {
      return;
    }
    var bytes = ByteString.copyFrom(one.content, StandardCharsets.ISO_8859_1);
    for (var reference : Sources.references(type, bytes)) {
      replicas.of(reference.type()).follow(reference.name(), changed && taken);
    }
  }

  /** Nobody refuses what he runs already. */
  private int bad(List<Given> given, Random random) {
    int chosen = given.isEmpty() ? -1 : random.nextInt(given.size());
    boolean runs =
        chosen >= 0 && given.get(chosen).version.equals(replica.holds.get(given.get(chosen).name));
    return runs ? -1 : chosen;
  }

  private static Given given(Resource resource) {
    return new Given(
        resource.getName(), resource.getVersion(), text(resource.getResource().getValue()));
  }

  private String name(Any any) throws InvalidProtocolBufferException {
    // The name is the first field of all but the assignment, which calls it otherwise.
    return type.equals(ResourceType.ENDPOINT)
        ? ClusterLoadAssignment.parseFrom(any.getValue()).getClusterName()
        : Cluster.newBuilder().mergeFrom(nameOnly(any.getValue())).build().getName();
  }

  private static ByteString nameOnly(ByteString message) {
    return message.substring(0, 2 + message.byteAt(1));
  }

  static String text(ByteString content) {
    return content.toString(StandardCharsets.ISO_8859_1);
  }
}
