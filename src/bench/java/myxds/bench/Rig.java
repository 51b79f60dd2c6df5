package myxds.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A subject and its clients, each in a process of its own; at rest between two rounds. */
final class Rig implements AutoCloseable {
  private static final Map<String, Class<? extends Subject>> SUBJECTS =
      Map.of("ours", OursServer.class, "stock", StockServer.class);

  /** When the last client has its response the server still reads ACKs, collects and compiles. */
  private static final long REST_MS = 300;

  private final Child server;
  private final Child load;
  private final int streams;

  private Rig(Child server, Child load, int streams) {
    this.server = server;
    this.load = load;
    this.streams = streams;
  }

  /** The server is up and every client has the first state. */
  static Rig open(String subject, String protocol, Plan plan) throws Exception {
    var server = new Child(subject, java(subject, plan));
    var port = server.await("ready");
    server.tell("set " + System.nanoTime());
    server.await("published");
    var streams = String.valueOf(plan.streams());
    var load =
        new Child(
            "load of " + subject,
            Stream.concat(
                    plan.placement(false).stream(),
                    Stream.of(plan.load().toString(), port, streams, protocol))
                .toList());
    load.await("all");
    Thread.sleep(REST_MS);
    return new Rig(server, load, plan.streams());
  }

  /** Changes one cluster; at its end every client has it, and all are at rest. */
  Round round() throws Exception {
    long serverBefore = server.cpuMillis();
    long loadBefore = load.cpuMillis();
    // A stamp that is later than the last and not later than this round's.
    load.tell("expect " + System.nanoTime());
    load.await("waiting");
    long stamp = System.nanoTime();
    server.tell("set " + stamp);
    server.await("published");
    double published = (System.nanoTime() - stamp) / 1e6;
    var us = Arrays.stream(load.await("all").split(" ")).mapToLong(Long::parseLong).toArray();
    Thread.sleep(REST_MS);
    return new Round(
        us[0] / 1e3,
        us[1] / 1e3,
        us[2] / 1e3,
        published,
        1.0 * us[3] / streams,
        1e3 * (server.cpuMillis() - serverBefore) / streams,
        1e3 * (load.cpuMillis() - loadBefore) / streams);
  }

  /** The CPU time that the server and its clients have had, in ms. */
  long cpuMillis() throws Exception {
    return server.cpuMillis() + load.cpuMillis();
  }

  long residentMegabytes() throws Exception {
    return server.residentMegabytes();
  }

  @Override
  public void close() {
    load.close();
    server.close();
  }

  private static List<String> java(String subject, Plan plan) {
    var main = SUBJECTS.get(subject);
    if (main == null) {
      throw new IllegalArgumentException(subject + " (expected: of " + SUBJECTS.keySet() + ")");
    }
    var command = new ArrayList<>(plan.placement(true));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(plan.jvm().split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.add(String.valueOf(plan.resources()));
    return command;
  }
}
