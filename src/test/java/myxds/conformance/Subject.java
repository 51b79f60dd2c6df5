package myxds.conformance;

import com.google.protobuf.Message;
import java.util.Collection;

/** An xDS server under test. Its groups are node ids: each row has its own. */
interface Subject extends AutoCloseable {

  String name();

  String host();

  int port();

  /**
   * Serves exactly these to the group from now on, with versions of the server's own.
   *
   * @throws NotApplicable if this server's state is not ours to change
   */
  void set(String group, Collection<? extends Message> resources);

  /** A second instance in a JVM of its own. */
  default Replica replica() throws Exception {
    throw new NotApplicable("no second instance of " + name() + " can be started");
  }

  @Override
  void close();

  /** What a row needs is not to be had from this server, so it says nothing about it. */
  final class NotApplicable extends RuntimeException {
    NotApplicable(String why) {
      super(why);
    }
  }
}
