package myxds.discovery.engine;

import java.time.Duration;
import myxds.resource.ResourceType;

/** A stream's way out: its transport, and those who watch it. Called on the stream's own thread. */
public interface Outlet {

  /**
   * Whether the transport takes a response now; {@link ClientStream#pump} is called when it does.
   */
  boolean isReady();

  void send(Response response);

  /** Runs the task once, after that time, on the stream's own thread; never after its end. */
  void schedule(Duration delay, Runnable task);

  /** The client accepted this version. */
  void acked(ResourceType type, String version);

  /** The client refused a version. */
  void nacked(ResourceType type, Refusal refusal);

  /** The client stands elsewhere than before. */
  void moved(Standing standing);

  /** What could be sent waits, for what is said. */
  void held(ResourceType type, String reason);

  /** The wait is over; {@code expired}: only because it took too long. */
  void released(ResourceType type, boolean expired);
}
