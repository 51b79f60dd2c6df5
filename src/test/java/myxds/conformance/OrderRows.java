package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.listener;
import static myxds.conformance.Sample.names;
import static myxds.conformance.Sample.routeTo;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static myxds.resource.ResourceType.LISTENER;
import static myxds.resource.ResourceType.ROUTE;
import static myxds.resource.ResourceType.VIRTUAL_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

/** F. Warming, order, make before break. */
final class OrderRows {
  private final Trial trial;

  OrderRows(Trial trial) {
    this.trial = trial;
  }

  @Row(80)
  void row80_theEndpointsOfAChangedClusterFollowIt() throws Exception {
    trial.set(cluster("a", 1), endpoints("a", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "a");

    trial.set(cluster("a", 2), endpoints("a", 1));

    stream.acked(CLUSTER);
    assertThat(names(stream.acked(ENDPOINT))).containsExactly("a");
    stream.silent();
  }

  @Row(81)
  void row81_theyFollowAlsoWhenAnotherClusterGoes() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1), endpoints("a", 1), endpoints("b", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "a", "b");

    trial.set(cluster("a", 2), endpoints("a", 1));

    stream.acked(CLUSTER);
    assertThat(names(stream.acked(ENDPOINT))).containsExactly("a");
  }

  @Row(82)
  void row82_theyFollowOnAStreamOfTheirOwn() throws Exception {
    trial.set(cluster("a", 1), endpoints("a", 1));
    var clusters = trial.sotw(Service.CDS);
    clusters.settled(CLUSTER);
    var endpoints = trial.sotw(Service.EDS);
    endpoints.settled(ENDPOINT, "a");

    trial.set(cluster("a", 2), endpoints("a", 1));

    clusters.acked(CLUSTER);
    assertThat(names(endpoints.acked(ENDPOINT))).containsExactly("a");
  }

  @Row(83)
  void row83_theyFollowInDeltaWhereNobodyAsks() throws Exception {
    trial.set(cluster("a", 1), endpoints("a", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "a");

    trial.set(cluster("a", 2), endpoints("a", 1));

    stream.acked(CLUSTER);
    assertThat(names(stream.acked(ENDPOINT))).containsExactly("a");
    stream.silent();
  }

  @Row(84)
  void row84_theyFollowForEachChangedCluster() throws Exception {
    trial.set(three(1));
    var stream = trial.delta();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "a", "b", "c");

    trial.set(three(2));

    stream.acked(CLUSTER);
    assertThat(names(stream.acked(ENDPOINT))).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Row(86)
  void row86_aChangedListenerBringsNoRoutesAgain() throws Exception {
    trial.set(listener("l", 1), routeTo("main", "a"));
    var stream = trial.sotw();
    stream.settled(LISTENER);
    stream.settled(ROUTE, "main");

    trial.set(listener("l", 2), routeTo("main", "a"));

    stream.acked(LISTENER);
    stream.silent();
  }

  @Row(87)
  void row87_typesComeInTheOrderInWhichTheyDepend() throws Exception {
    trial.set(cluster("a", 1), endpoints("a", 1), listener("l", 1), routeTo("main", "a", "one"));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "a");
    stream.settled(LISTENER);
    stream.settled(ROUTE, "main");

    trial.set(cluster("a", 2), endpoints("a", 2), listener("l", 2), routeTo("main", "a", "two"));

    stream.next(CLUSTER);
    stream.next(ENDPOINT);
    stream.next(LISTENER);
    stream.next(ROUTE);
  }

  @Row(88)
  void row88_aRouteWaitsUntilItsNewClusterIsTaken() throws Exception {
    trial.set(cluster("blue", 1), routeTo("main", "blue"));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(ROUTE, "main");

    trial.set(cluster("blue", 1), cluster("green", 1), routeTo("main", "green"));

    var clusters = stream.next(CLUSTER);
    stream.silent();
    stream.ack(clusters);
    assertThat(names(stream.acked(ROUTE))).containsExactly("main");
  }

  @Row(89)
  void row89_theNewIsMadeBeforeTheOldIsBroken() throws Exception {
    trial.set(cluster("blue", 1), routeTo("main", "blue"));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(ROUTE, "main");

    trial.set(cluster("green", 1), routeTo("main", "green"));

    assertThat(names(stream.acked(CLUSTER))).containsExactlyInAnyOrder("blue", "green");
    var route = stream.next(ROUTE);
    stream.silent();
    stream.ack(route);
    assertThat(names(stream.acked(CLUSTER))).containsExactly("green");
  }

  @Row(89)
  void row89_theNewIsMadeBeforeTheOldIsBrokenInDelta() throws Exception {
    trial.set(cluster("blue", 1), routeTo("main", "blue"));
    var stream = trial.delta();
    stream.settled(CLUSTER);
    stream.settled(ROUTE, "main");

    trial.set(cluster("green", 1), routeTo("main", "green"));

    var made = stream.acked(CLUSTER);
    assertThat(names(made)).containsExactly("green");
    assertThat(made.getRemovedResourcesList()).isEmpty();
    assertThat(names(stream.acked(ROUTE))).containsExactly("main");
    assertThat(stream.acked(CLUSTER).getRemovedResourcesList()).containsExactly("blue");
  }

  @Row(90)
  void row90_whatARefusalHoldsGoesOnWithTheNextChange() throws Exception {
    trial.set(cluster("blue", 1), routeTo("main", "blue"));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(ROUTE, "main");
    trial.set(cluster("green", 1), routeTo("main", "green"));
    stream.nack(stream.next(CLUSTER), "not green");
    stream.silent();

    trial.set(cluster("green", 2), routeTo("main", "green"));

    stream.acked(CLUSTER);
    assertThat(names(stream.acked(ROUTE))).containsExactly("main");
  }

  @Row(91)
  void row91_virtualHostsComeAfterTheirRoute() throws Exception {
    trial.deliver(Trial.host("main/shop", "one"), Trial.plain(routeTo("main", "a", "one")));
    var stream = trial.delta();
    stream.settled(ROUTE, "main");
    stream.settled(VIRTUAL_HOST, "main/shop");

    trial.deliver(Trial.host("main/shop", "two"), Trial.plain(routeTo("main", "a", "two")));

    stream.next(ROUTE);
    stream.next(VIRTUAL_HOST);
  }

  @Row(92)
  void row92_streamsOfOneTypeGetTheUnionFirst() throws Exception {
    trial.set(cluster("blue", 1), routeTo("main", "blue"));
    var clusters = trial.sotw(Service.CDS);
    clusters.settled(CLUSTER);
    var routes = trial.sotw(Service.RDS);
    routes.settled(ROUTE, "main");

    trial.set(cluster("green", 1), routeTo("main", "green"));

    assertThat(names(clusters.acked(CLUSTER))).containsExactlyInAnyOrder("blue", "green");
    routes.acked(ROUTE);
    assertThat(names(clusters.acked(CLUSTER))).containsExactly("green");
  }

  private static Message[] three(int edition) {
    return new Message[] {
      cluster("a", edition), cluster("b", edition), cluster("c", edition),
      endpoints("a", 1), endpoints("b", 1), endpoints("c", 1)
    };
  }
}
