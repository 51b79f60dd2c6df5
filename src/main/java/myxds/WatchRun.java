package myxds;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.io.IOException;
import myxds.cli.Watching;
import myxds.discovery.client.AdsStream;
import myxds.logging.Logging;

/** Asks an xDS server with the program's own client. */
final class WatchRun implements Watching {
  @Override
  public Stream open(Wish wish) {
    // What gRPC logs would stand among the responses.
    Logging.off();
    // What it asks as, a server's list of nodes should not take for an Envoy.
    var node = Node.newBuilder().setId(wish.node()).setUserAgentName("my-xds watch").build();
    return new Open(
        wish.delta()
            ? AdsStream.delta(wish.server(), node, wish.type(), wish.names())
            : AdsStream.sotw(wish.server(), node, wish.type(), wish.names()));
  }

  private record Open(AdsStream ads) implements Stream {
    @Override
    public Message next() throws IOException, InterruptedException {
      return ads.next();
    }

    @Override
    public boolean worked() {
      return ads.worked();
    }

    @Override
    public void close() {
      ads.close();
    }
  }
}
