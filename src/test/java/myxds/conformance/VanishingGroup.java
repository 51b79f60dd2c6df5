package myxds.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import myxds.discovery.XdsServer;
import myxds.gate.Bootstrap;
import myxds.gate.Gate;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Schema;
import myxds.snapshot.Guard;
import myxds.snapshot.KeepsNothing;
import myxds.snapshot.Opinion;
import myxds.snapshot.Outcome;
import myxds.snapshot.PublishObserver;
import myxds.snapshot.Publisher;

/** A group's folder that is there and then is not, as the program's own publisher sees it. */
record VanishingGroup(String group, Collection<? extends Message> resources) {

  /** Returns when the publisher has judged the loss and told the server what it thinks fit. */
  void playTo(XdsServer server) throws InterruptedException {
    var schema = Schema.ofApi();
    var judged = new LinkedBlockingQueue<Outcome>();
    var observer =
        new PublishObserver() {
          @Override
          public void judged(String name, Outcome outcome) {
            if (outcome instanceof Outcome.Published published) {
              server.publish(name, published.snapshot());
            }
            judged.add(outcome);
          }
        };
    var cache = new SimpleCache<>(Subject::group);
    var gate = new Gate(schema, Bootstrap.UNKNOWN);
    var checks = new Publisher.Checks(gate, Guard.DEFAULT, Opinion.NONE);
    try (var publisher =
        new Publisher(
            checks,
            new Publisher.Shelves(cache, new KeepsNothing(), Clock.systemUTC()),
            observer)) {
      publisher.submit(new Documents(List.of(document(schema)), List.of()));
      assertThat(judged.poll(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Published.class);
      publisher.submit(new Documents(List.of(), List.of()));
      assertThat(judged.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  private Document document(Schema schema) {
    var all = DiscoveryResponse.newBuilder();
    resources.forEach(resource -> all.addResources(Any.pack(resource)));
    return new Document(group + "/all.yaml", schema.json(all));
  }
}
