package myxds;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import myxds.admin.AdminServer;
import myxds.admin.Reloaded;
import myxds.fleet.Fleet;
import myxds.snapshot.Approval;
import myxds.snapshot.Publisher;
import org.jspecify.annotations.Nullable;

/**
 * What people may do to the running daemon.
 *
 * @param retrying offers these nodes again what they refused
 */
record Actions(
    Publisher publisher, Reloading reloading, Fleet fleet, Consumer<Predicate<Node>> retrying)
    implements AdminServer.Acting {

  @Override
  public CompletableFuture<Approval> approve(@Nullable String group, @Nullable String version) {
    return publisher.approve(group, version);
  }

  @Override
  public CompletableFuture<Reloaded> reload() {
    return reloading.reload();
  }

  @Override
  public List<String> retry(@Nullable String group, @Nullable String node) {
    var nodes = fleet.retry(group, node);
    var ids = new HashSet<>(nodes);
    if (!ids.isEmpty()) {
      retrying.accept(one -> ids.contains(one.getId()));
    }
    return nodes;
  }
}
