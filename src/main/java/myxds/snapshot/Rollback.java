package myxds.snapshot;

/**
 * A decision to serve a group the state before the newest one again.
 *
 * @param from the version that is served now and is to be replaced
 * @param good the state to serve again
 * @param cause the NACKs that led to it
 */
public record Rollback(String from, GroupSnapshot good, HoldCause.RolledBack cause) {}
