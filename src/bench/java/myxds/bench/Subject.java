package myxds.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * A server that is measured, in a process of its own. It writes {@code ready PORT}, and for each
 * line {@code set STAMP} on its standard input, as soon as clients are served that state, {@code
 * published}. It ends with its standard input. A subject in another language does the same.
 */
interface Subject {

  /** Listens on any free port, which it returns; nothing is served yet. */
  int start() throws Exception;

  /** Every client, whatever its node, is served these from now on. */
  void set(List<Cluster> clusters, String version);

  /** Is the subject, which serves so many clusters, until there are no more commands. */
  static void run(Supplier<Subject> maker, int count) throws Exception {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    Epoll.ensureAvailability();
    var subject = maker.get();
    var clusters = new Clusters(count);
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready " + subject.start());
    for (var line = commands.readLine(); line != null; line = commands.readLine()) {
      var stamp = line.substring("set ".length());
      subject.set(clusters.at(stamp), stamp);
      System.out.println("published");
    }
    System.exit(0);
  }
}
