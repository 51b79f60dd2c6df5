package myxds.fleet;

import java.util.List;

/** Several observers as one; each is called in turn. */
record AllFleetObservers(List<FleetObserver> each) implements FleetObserver {
  @Override
  public void connected(String node, String group) {
    each.forEach(observer -> observer.connected(node, group));
  }

  @Override
  public void disconnected(String node, String group) {
    each.forEach(observer -> observer.disconnected(node, group));
  }

  @Override
  public void converged(ClientKey client, String group, Convergence convergence) {
    each.forEach(observer -> observer.converged(client, group, convergence));
  }

  @Override
  public void refused(ClientKey client, String group, Nack nack) {
    each.forEach(observer -> observer.refused(client, group, nack));
  }

  @Override
  public void rolledBack(String node, String group, Nack nack) {
    each.forEach(observer -> observer.rolledBack(node, group, nack));
  }

  @Override
  public void reassigned(String group) {
    each.forEach(observer -> observer.reassigned(group));
  }
}
