package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.names;
import static myxds.conformance.Sample.routeTo;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ROUTE;
import static myxds.resource.ResourceType.VIRTUAL_HOST;
import static org.assertj.core.api.Assertions.assertThat;

/** H. On demand, virtual hosts, aliases. */
final class OnDemandRows {
  private final Trial trial;

  OnDemandRows(Trial trial) {
    this.trial = trial;
  }

  @Row(99)
  void row99_aVirtualHostIsFoundByItsDomain() throws Exception {
    trial.deliver(Trial.host("main/shop", "shop.example"));
    var stream = trial.delta();

    var host = stream.settled(VIRTUAL_HOST, "main/shop.example").getResources(0);

    assertThat(host.getName()).isEqualTo("main/shop");
    assertThat(host.getAliasesList()).contains("main/shop.example");
  }

  @Row(100)
  void row100_anAliasIsEnoughToUnsubscribe() throws Exception {
    trial.deliver(Trial.host("main/shop", "shop.example"));
    var stream = trial.delta();
    stream.settled(VIRTUAL_HOST, "main/shop.example");
    stream.unsubscribe(VIRTUAL_HOST, "main/shop.example");
    stream.silent();

    trial.deliver(Trial.host("main/shop", "shop.example", "another.example"));

    stream.silent();
  }

  @Row(101)
  void row101_anUnknownHostIsAnsweredWithoutContent() throws Exception {
    trial.deliver(Trial.host("main/shop", "shop.example"));
    var stream = trial.delta();

    var nobody = stream.settled(VIRTUAL_HOST, "main/nobody.example").getResources(0);

    assertThat(nobody.getAliasesList()).containsExactly("main/nobody.example");
    assertThat(nobody.hasResource()).isFalse();
  }

  @Row(102)
  void row102_aChangedRouteBringsItsVirtualHostsAgain() throws Exception {
    trial.deliver(Trial.plain(routeTo("main", "a", "one")), Trial.host("main/shop", "shop"));
    var stream = trial.delta();
    stream.settled(ROUTE, "main");
    stream.settled(VIRTUAL_HOST, "main/shop");

    trial.deliver(Trial.plain(routeTo("main", "a", "two")), Trial.host("main/shop", "shop"));

    stream.acked(ROUTE);
    assertThat(names(stream.acked(VIRTUAL_HOST))).containsExactly("main/shop");
  }

  @Row(103)
  void row103_aClusterOnDemandThatDoesNotExistIsToldAtOnce() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.delta();

    var answer = stream.settled(CLUSTER, "a", "x");

    assertThat(names(answer)).containsExactly("a");
    assertThat(answer.getRemovedResourcesList()).containsExactly("x");
  }

  @Row(103)
  void row103_aNameBesideTheWildcardIsAnswered() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER, "*");

    assertThat(names(stream.settled(CLUSTER, "a"))).containsExactly("a");
  }
}
