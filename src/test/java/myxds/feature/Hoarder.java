package myxds.feature;

import io.envoyproxy.controlplane.server.DiscoveryServerCallbacks;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import java.util.ArrayList;
import java.util.List;

/** Callbacks that leak: from the first stream on, they keep all memory that the daemon has. */
public final class Hoarder implements DiscoveryServerCallbacks {
  private static final int CHUNK = 256 << 10;

  private final List<byte[]> kept = new ArrayList<>();

  @Override
  public void onStreamOpen(long streamId, String typeUrl) {
    try {
      while (true) {
        kept.add(new byte[CHUNK]);
      }
    } catch (OutOfMemoryError e) {
      // That was all.
    }
  }

  @Override
  public void onV3StreamRequest(long streamId, DiscoveryRequest request) {}

  @Override
  public void onV3StreamDeltaRequest(long streamId, DeltaDiscoveryRequest request) {}
}
