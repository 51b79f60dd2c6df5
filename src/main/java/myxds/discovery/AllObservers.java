package myxds.discovery;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import myxds.discovery.engine.Refusal;
import myxds.discovery.engine.Standing;
import myxds.resource.ResourceType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many observers as one. What one of them throws ends here: a stream outlives its observers. */
record AllObservers(List<DiscoveryObserver> observers) implements DiscoveryObserver {
  private static final Logger log = LoggerFactory.getLogger(AllObservers.class);

  @Override
  public void streamOpened(XdsStream stream) {
    each(observer -> observer.streamOpened(stream));
  }

  @Override
  public void requested(XdsStream stream, Asked asked) {
    each(observer -> observer.requested(stream, asked));
  }

  @Override
  public void responded(XdsStream stream, Answered answered) {
    each(observer -> observer.responded(stream, answered));
  }

  @Override
  public void acked(XdsStream stream, ResourceType type, String version) {
    each(observer -> observer.acked(stream, type, version));
  }

  @Override
  public void nacked(XdsStream stream, ResourceType type, Refusal refusal) {
    each(observer -> observer.nacked(stream, type, refusal));
  }

  @Override
  public void moved(XdsStream stream, Standing standing) {
    each(observer -> observer.moved(stream, standing));
  }

  @Override
  public void held(XdsStream stream, ResourceType type, String reason) {
    each(observer -> observer.held(stream, type, reason));
  }

  @Override
  public void released(XdsStream stream, ResourceType type, boolean expired) {
    each(observer -> observer.released(stream, type, expired));
  }

  @Override
  public void streamClosed(XdsStream stream, String status, Duration lived) {
    each(observer -> observer.streamClosed(stream, status, lived));
  }

  private void each(Consumer<DiscoveryObserver> event) {
    for (var observer : observers) {
      try {
        event.accept(observer);
      } catch (RuntimeException e) {
        log.atError()
            .addKeyValue("observer", observer.getClass().getName())
            .setCause(e)
            .log("observer failed");
      }
    }
  }
}
