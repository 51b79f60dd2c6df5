package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.names;
import static myxds.conformance.Sample.routeTo;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static myxds.resource.ResourceType.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

/** F. Row 88 for clients that ACK clusters before they request the endpoints. */
final class EndpointWaitRows {
  private final Trial trial;

  EndpointWaitRows(Trial trial) {
    this.trial = trial;
  }

  @Row(88)
  void row88_aRouteWaitsUntilTheEndpointsOfItsNewClusterAreTaken() throws Exception {
    trial.set(blue());
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "blue");
    stream.settled(ROUTE, "main");

    trial.set(cluster("blue", 1), endpoints("blue", 1), green(), endpoints("green", 1), toGreen());

    stream.acked(CLUSTER);
    stream.silent();
    stream.ask(ENDPOINT, "blue", "green");
    var assignment = stream.next(ENDPOINT);
    assertThat(names(assignment)).contains("green");
    stream.silent();
    stream.ack(assignment);
    assertThat(names(stream.acked(ROUTE))).containsExactly("main");
    stream.silent();
  }

  @Row(88)
  void row88_aRouteWaitsUntilTheEndpointsOfItsNewClusterAreTakenInDelta() throws Exception {
    trial.set(blue());
    var stream = trial.delta();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "blue");
    stream.settled(ROUTE, "main");

    trial.set(cluster("blue", 1), endpoints("blue", 1), green(), endpoints("green", 1), toGreen());

    stream.acked(CLUSTER);
    stream.silent();
    stream.subscribe(ENDPOINT, "green");
    var assignment = stream.next(ENDPOINT);
    stream.silent();
    stream.ack(assignment);
    assertThat(names(stream.acked(ROUTE))).containsExactly("main");
    stream.silent();
  }

  @Row(88)
  void row88_aRouteDoesNotWaitForEndpointsThatDoNotExist() throws Exception {
    trial.set(blue());
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "blue");
    stream.settled(ROUTE, "main");

    trial.set(cluster("blue", 1), endpoints("blue", 1), green(), toGreen());

    stream.acked(CLUSTER);
    stream.acked(ROUTE);
  }

  @Row(88)
  void row88_aRouteDoesNotWaitForClustersThatTheClientRequestsOnlyAfterIt() throws Exception {
    trial.set(blue());
    var stream = trial.sotw();
    stream.settled(ROUTE, "main");
    stream.settled(CLUSTER, "blue");
    stream.settled(ENDPOINT, "blue");

    trial.set(cluster("blue", 1), endpoints("blue", 1), green(), endpoints("green", 1), toGreen());

    // As gRPC's clients do it.
    stream.acked(ROUTE);
    stream.ask(CLUSTER, "blue", "green");
    stream.acked(CLUSTER);
    stream.ask(ENDPOINT, "blue", "green");
    stream.acked(ENDPOINT);
    stream.silent();
  }

  private static Message[] blue() {
    return new Message[] {cluster("blue", 1), endpoints("blue", 1), routeTo("main", "blue")};
  }

  private static Message green() {
    return cluster("green", 1);
  }

  private static Message toGreen() {
    return routeTo("main", "green");
  }
}
