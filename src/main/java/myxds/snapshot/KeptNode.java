package myxds.snapshot;

/**
 * A node that was connected, kept for the next start.
 *
 * @param group that it belonged to
 * @param id its node.id
 * @param clients how many clients with this id were connected
 */
public record KeptNode(String group, String id, int clients) {

  /** Returns this node with the clients of another entry of the same group and id. */
  public KeptNode and(KeptNode other) {
    return new KeptNode(group, id, clients + other.clients);
  }
}
