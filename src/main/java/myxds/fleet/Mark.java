package myxds.fleet;

import myxds.fleet.RefusedContent.Refuser;

/**
 * Why a client is not offered a content.
 *
 * @param own whether it sent this NACK itself, on its present connection
 * @param counts whether it had ACKed an earlier state before, so that it counts for a rollback
 */
record Mark(Refuser refuser, boolean own, boolean counts) {

  /** The client is new, and an earlier one of its id and build NACKed the content. */
  static Mark withheld(Refuser refuser) {
    return new Mark(refuser, false, false);
  }
}
