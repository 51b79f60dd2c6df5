package myxds.fleet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log who comes, goes and runs what, a line each. */
public final class FleetLog implements FleetObserver {
  private static final Logger log = LoggerFactory.getLogger(FleetLog.class);

  @Override
  public void connected(String node, String group) {
    log.atInfo().addKeyValue("node", node).addKeyValue("group", group).log("connected");
  }

  @Override
  public void disconnected(String node, String group) {
    log.atInfo().addKeyValue("node", node).addKeyValue("group", group).log("disconnected");
  }

  @Override
  public void converged(ClientKey client, String group, Convergence to) {
    log.atInfo()
        .addKeyValue("node", client.id())
        .addKeyValue("group", group)
        .addKeyValue("version", to.version())
        .log("in sync");
  }
}
