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
    for (int chunk = CHUNK; chunk > 0; chunk /= 4) {
      fill(chunk);
    }
  }

  private void fill(int chunk) {
    try {
      while (true) {
        kept.add(new byte[chunk]);
      }
    } catch (OutOfMemoryError e) {
      // Smaller ones may fit into what is left.
    }
  }

  @Override
  public void onV3StreamRequest(long streamId, DiscoveryRequest request) {}

  @Override
  public void onV3StreamDeltaRequest(long streamId, DeltaDiscoveryRequest request) {}
}
