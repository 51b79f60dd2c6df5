package myxds.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import myxds.resource.Origin;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;

final class GuardTest {
  private static final Schema SCHEMA = Schema.ofApi();

  @Test
  void asksBeforeMoreThanHalfOfATypeGoes() {
    assertThat(Guard.DEFAULT.objection(endpoints(10), endpoints(4)))
        .hasValue("6 of 10 endpoints are removed");
    assertThat(Guard.DEFAULT.objection(endpoints(10), endpoints(5))).isEmpty();
  }

  @Test
  void letsAFewGo() {
    assertThat(Guard.DEFAULT.objection(endpoints(3), endpoints(0, "x"))).isEmpty();
    assertThat(Guard.DEFAULT.objection(endpoints(4), endpoints(0, "x")))
        .hasValue("4 of 4 endpoints are removed");
  }

  @Test
  void countsWhatIsRenamedAsRemoved() {
    assertThat(Guard.DEFAULT.objection(endpoints(8), endpoints(8, "x")))
        .hasValue("8 of 8 endpoints are removed");
  }

  @Test
  void asksBeforeTheLastListenerOrClusterGoes() {
    var both = snapshot(ids(ResourceType.LISTENER, 1, "l"), ids(ResourceType.CLUSTER, 1, "c"));

    assertThat(Guard.DEFAULT.objection(both, snapshot(ids(ResourceType.CLUSTER, 1, "c"))))
        .hasValue("no listeners are left of 1");
    assertThat(Guard.DEFAULT.objection(both, snapshot(ids(ResourceType.LISTENER, 1, "l"))))
        .hasValue("no clusters are left of 1");
  }

  @Test
  void asksBeforeAWholeGroupGoes() {
    assertThat(Guard.DEFAULT.objection(endpoints(1), snapshot()))
        .hasValue("nothing is left of the group");
  }

  @Test
  void asksNothingWhereNothingWas() {
    assertThat(Guard.DEFAULT.objection(snapshot(), endpoints(1))).isEmpty();
    assertThat(Guard.DEFAULT.objection(snapshot(), snapshot())).isEmpty();
  }

  @Test
  void canBeToldOtherwise() {
    assertThat(Guard.OFF.objection(endpoints(10), snapshot())).isEmpty();
    assertThat(new Guard(true, 0.1, 1).objection(endpoints(10), endpoints(8))).isPresent();
    assertThat(new Guard(true, 0.1, 3).objection(endpoints(10), endpoints(8))).isEmpty();
  }

  private static GroupSnapshot endpoints(int count) {
    return endpoints(count, "e");
  }

  private static GroupSnapshot endpoints(int count, String name) {
    return snapshot(ids(ResourceType.ENDPOINT, count, name), ids(ResourceType.ROUTE, 1, "r"));
  }

  private static List<ResourceId> ids(ResourceType type, int count, String name) {
    return IntStream.range(0, count).mapToObj(i -> new ResourceId(type, name + i)).toList();
  }

  private static GroupSnapshot snapshot() {
    return GroupSnapshot.of(List.of());
  }

  private static GroupSnapshot snapshot(List<ResourceId> ids) {
    return GroupSnapshot.of(ids.stream().map(GuardTest::resource).toList());
  }

  private static GroupSnapshot snapshot(List<ResourceId> some, List<ResourceId> others) {
    return snapshot(Stream.concat(some.stream(), others.stream()).toList());
  }

  private static Resource resource(ResourceId id) {
    return new Resource(id, SCHEMA.message(id.type().typeUrl()).orElseThrow(), Origin.of("g/a"));
  }
}
