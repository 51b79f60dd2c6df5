package myxds.port;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log line of a request whose body could not be read. */
public final class BodyFault {
  private static final Logger log = LoggerFactory.getLogger(BodyFault.class);

  private BodyFault() {}

  /** Logs it with the client's address. */
  public static void log(ServerRequest request, Exception thrown) {
    var peer = request.remotePeer();
    log.atInfo()
        .addKeyValue("address", SocketAddresses.text(peer.host(), peer.port()))
        .addKeyValue("path", request.path().rawPathNoParams())
        .addKeyValue("reason", reason(thrown))
        .log("could not read a request's body");
  }

  private static String reason(Exception thrown) {
    return thrown instanceof InsufficientDataAvailableException
            || thrown instanceof ServerConnectionException
        ? "the connection ended early"
        : "malformed: " + thrown.getMessage();
  }
}
