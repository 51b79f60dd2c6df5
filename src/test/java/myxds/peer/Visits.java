package myxds.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Requests at a steady rate, each on a connection of its own, with a TLS handshake if wanted;
 * counts the answers.
 */
final class Visits implements AutoCloseable {
  private static final int TIMEOUT = 20_000;
  private static final int AT_ONCE = 2;

  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(AT_ONCE);
  private final ConcurrentSkipListMap<String, LongAdder> answers = new ConcurrentSkipListMap<>();
  private final SocketFactory sockets;
  private final int port;

  private Visits(int port, SocketFactory sockets) {
    this.port = port;
    this.sockets = sockets;
  }

  /** Begins to visit a port. */
  static Visits start(int port, boolean tls, int perSecond) {
    var visits = new Visits(port, tls ? tls() : SocketFactory.getDefault());
    long period = TimeUnit.SECONDS.toNanos(AT_ONCE) / perSecond;
    for (int i = 0; i < AT_ONCE; i++) {
      var unused =
          visits.clock.scheduleAtFixedRate(
              () -> visits.count(visits.visit()), 0, period, TimeUnit.NANOSECONDS);
    }
    return visits;
  }

  /** Visits a port once over TLS: the status line, or what went wrong. */
  static String once(int port) {
    return new Visits(port, tls()).visit();
  }

  /** How many visits there were. */
  long total() {
    return answers.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** How often anything but a good answer came. */
  SortedMap<String, LongAdder> failed() {
    var failed = new ConcurrentSkipListMap<>(answers);
    failed.remove("HTTP/1.1 200 OK");
    return failed;
  }

  @Override
  public void close() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(TIMEOUT, TimeUnit.MILLISECONDS)) {
        clock.shutdownNow();
      }
    } catch (InterruptedException e) {
      clock.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void count(String answer) {
    answers.computeIfAbsent(answer, unseen -> new LongAdder()).increment();
  }

  private String visit() {
    try (var socket = sockets.createSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT);
      socket.setSoTimeout(TIMEOUT);
      return ask(socket);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String ask(Socket socket) throws IOException {
    if (socket instanceof SSLSocket secure) {
      secure.startHandshake();
    }
    var request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    // Envoy keeps a connection that it closes for a second: the rest is not waited for.
    var answer =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    var status = answer.readLine();
    return status == null ? "an empty answer" : status;
  }

  private static SocketFactory tls() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Trusting()}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new LinkageError("TLS", e);
    }
  }

  /** Whatever certificate there is: the question is whether there is one. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
