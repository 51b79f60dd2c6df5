package myxds.discovery.engine;

import java.time.Duration;
import myxds.resource.Redaction;
import myxds.resource.Schema;

/**
 * What the protocol leaves to the server.
 *
 * @param identity told in every response, so that a client's log names the instance
 * @param resourceErrors tell a missing resource as an error of its own, for clients that know it
 * @param emptyEndpoints answer a missing assignment with an empty one
 * @param patience how long what depends on an ACK waits for it
 * @param references of resources to others
 * @param redaction hides the secrets of resources from people
 * @param allNodes whether CSDS shows a client the status of all others, not only its own
 */
public record Rules(
    String identity,
    boolean resourceErrors,
    boolean emptyEndpoints,
    Duration patience,
    References references,
    Redaction redaction,
    boolean allNodes) {

  /** Rules for resources of the API's own schema. */
  public Rules(
      String identity,
      boolean resourceErrors,
      boolean emptyEndpoints,
      Duration patience,
      References references) {
    this(
        identity,
        resourceErrors,
        emptyEndpoints,
        patience,
        references,
        new Redaction(Schema.ofApi()),
        false);
  }
}
