package myxds.conformance;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import myxds.TestReferences;
import myxds.discovery.XdsServer;
import myxds.discovery.engine.Rules;
import myxds.resource.Resource;
import myxds.snapshot.GroupSnapshot;

/** The program's own server. */
final class EngineSubject implements Subject {
  static final Rules RULES =
      new Rules("kit", false, false, Duration.ofSeconds(15), TestReferences.ofApi());

  private final Told told = new Told();
  private final XdsServer server;

  EngineSubject() throws IOException {
    this(RULES, Subject::group);
  }

  EngineSubject(Rules rules, Function<Node, String> groups) throws IOException {
    server = new XdsServer(options(rules), groups::apply, told);
    server.start();
  }

  static XdsServer.Options options(Rules rules) {
    return new XdsServer.Options(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Duration.ofSeconds(10),
        4 << 20,
        null,
        Duration.ofMillis(200),
        new XdsServer.Delivery(rules, 256 << 20));
  }

  @Override
  public String name() {
    return "my-xds";
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public void set(String group, Collection<? extends Message> resources) {
    server.publish(group, GroupSnapshot.of(resources.stream().map(Trial::plain).toList()));
  }

  @Override
  public void deliver(String group, Collection<Resource> resources) {
    server.publish(group, GroupSnapshot.of(resources));
  }

  @Override
  public Subject tellingErrors() throws IOException {
    return new EngineSubject(
        new Rules("kit", true, false, RULES.patience(), TestReferences.ofApi()), Subject::group);
  }

  @Override
  public Replica replica() throws Exception {
    return Replica.of(EngineSubject.class);
  }

  @Override
  public int held(String group) {
    return told.open(group);
  }

  @Override
  public List<Nack> nacks(String group) {
    return told.nacks(group);
  }

  @Override
  public void forget(String group) throws InterruptedException {
    new VanishingGroup(group, Sample.standard()).playTo(server);
  }

  @Override
  public Subject inventingAssignments() throws IOException {
    return new EngineSubject(
        new Rules("kit", false, true, RULES.patience(), TestReferences.ofApi()), Subject::group);
  }

  @Override
  public void close() {
    server.close();
  }
}
