package myxds.port;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.webserver.ServerConnectionException;

/** The reason why the body of a request could not be read. */
public final class BodyFault {
  private BodyFault() {}

  /** Returns the reason as a log line tells it. */
  public static String text(Exception thrown) {
    return thrown instanceof InsufficientDataAvailableException
            || thrown instanceof ServerConnectionException
        ? "the connection ended early"
        : "malformed: " + thrown.getMessage();
  }
}
