package myxds.port;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The open connections of one port. A full port closes the connection that has been silent longest
 * to make room for a new one, then the one that has been idle longest; if every connection is in
 * use, it refuses the new one. All methods are safe for use by several threads.
 */
public final class Connections implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  /** A closed connection keeps its descriptor until its thread lets go of it. */
  private static final int CLOSING = 8;

  private static final Duration LOOKS_EVERY = Duration.ofMillis(500);

  private final Port port;
  private final Limits limits;
  private final Consumer<String> failed;
  private final Mistakes mistakes;
  private final LogLimit full = new LogLimit();
  private final Set<Connection> open = new LinkedHashSet<>();
  private final Set<Connection> silent = new LinkedHashSet<>();
  private final Set<Connection> idle = new LinkedHashSet<>();
  private @Nullable Thread watch;
  private long refused;
  private long closedForRoom;

  /**
   * @param failed is told why, if the port stops accepting connections for good
   */
  public Connections(Port port, Limits limits, Consumer<String> failed) {
    this.port = port;
    this.limits = limits;
    this.failed = failed;
    this.mistakes = new Mistakes(port);
  }

  /** Begins to close connections that stay silent or idle for too long. */
  public synchronized void start() {
    watch = Thread.ofVirtual().start(this::watch);
  }

  /** Returns the port that they belong to. */
  public Port port() {
    return port;
  }

  /** Returns the limit of open connections. */
  public int max() {
    return limits.max();
  }

  /** Returns the number of open connections. */
  public synchronized int open() {
    return open.size();
  }

  /** Returns how many were refused because the port was full. */
  public synchronized long refused() {
    return refused;
  }

  /** Returns how many silent or idle ones were closed to make room for others. */
  public synchronized long closedForRoom() {
    return closedForRoom;
  }

  /** Returns the log of what clients do wrong. */
  public Mistakes mistakes() {
    return mistakes;
  }

  /**
   * Counts a new connection in, if there is room.
   *
   * @param close closes it; called from any thread, more than once
   * @return null if there is no room: the caller closes it
   */
  public @Nullable Connection admit(@Nullable InetSocketAddress client, Runnable close) {
    Connection oldest = null;
    Connection admitted = null;
    synchronized (this) {
      boolean isFull = open.size() >= limits.max();
      oldest = isFull && open.size() < limits.max() + CLOSING ? longestQuiet() : null;
      if (isFull && oldest == null) {
        refused++;
      } else {
        admitted = new Connection(this, client, close);
        open.add(admitted);
        silent.add(admitted);
      }
    }
    if (oldest != null) {
      oldest.close();
    }
    if (oldest != null || admitted == null) {
      logFull(admitted);
    }
    return admitted;
  }

  /** Logs that the port pauses because a connection could not be accepted. */
  public void paused(Throwable reason) {
    if (full.permits("paused")) {
      line(log.atWarn())
          .addKeyValue("open", open())
          .addKeyValue("reason", reason.toString())
          .log("could not accept a connection; the port pauses and tries again");
    }
  }

  /** Reports that the port stopped accepting connections for good. */
  public void failed(String reason) {
    failed.accept("the %s port stopped accepting connections: %s".formatted(port.title(), reason));
  }

  /** Closes all that have not sent the beginning of a request. */
  public void closeSilent() {
    silent().forEach(Connection::close);
  }

  /**
   * Closes all that wait for their clients, gives the others some time, and closes them. Returns
   * when all are closed, or when twice that time is over.
   */
  public void drain(Duration grace) throws InterruptedException {
    quiet().forEach(Connection::close);
    awaitNone(grace);
    all().forEach(Connection::close);
    awaitNone(grace);
  }

  @Override
  public synchronized void close() {
    if (watch != null) {
      watch.interrupt();
    }
  }

  synchronized void busy(Connection connection) {
    silent.remove(connection);
    idle.remove(connection);
  }

  synchronized void idle(Connection connection) {
    busy(connection);
    if (open.contains(connection)) {
      idle.add(connection);
    }
  }

  synchronized void ended(Connection connection) {
    busy(connection);
    open.remove(connection);
    notifyAll();
  }

  /** Takes away the connection that has been silent longest, or else idle. */
  private @Nullable Connection longestQuiet() {
    for (var quiet : List.of(silent, idle)) {
      for (var first : quiet) {
        quiet.remove(first);
        closedForRoom++;
        return first;
      }
    }
    return null;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOKS_EVERY);
        overdue().forEach(Connection::close);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Connection> overdue() {
    var overdue = new ArrayList<>(overdue(silent, limits.silence()));
    if (limits.idle() != null) {
      overdue.addAll(overdue(idle, limits.idle()));
    }
    return overdue;
  }

  /** Takes away those that are over the limit; the set is in the order of time. */
  private static List<Connection> overdue(Set<Connection> quiet, Duration limit) {
    long now = System.nanoTime();
    var overdue = quiet.stream().takeWhile(one -> now - one.since() > limit.toNanos()).toList();
    overdue.forEach(quiet::remove);
    return overdue;
  }

  private synchronized List<Connection> silent() {
    return List.copyOf(silent);
  }

  private synchronized List<Connection> quiet() {
    var quiet = new ArrayList<>(silent);
    quiet.addAll(idle);
    return quiet;
  }

  private synchronized List<Connection> all() {
    return List.copyOf(open);
  }

  private synchronized void awaitNone(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!open.isEmpty() && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
    }
  }

  private void logFull(@Nullable Connection admitted) {
    var done = admitted == null ? "refused a connection" : "closed a silent or idle connection";
    if (full.permits(done)) {
      line(log.atWarn())
          .addKeyValue("limit", limits.max())
          .log("connection limit reached; " + done);
    }
  }

  private LoggingEventBuilder line(LoggingEventBuilder line) {
    return line.addKeyValue("port", port.key());
  }
}
