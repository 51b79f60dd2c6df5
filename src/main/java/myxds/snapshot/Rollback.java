package myxds.snapshot;

/**
 * A way back.
 *
 * @param from the version that is served, and is not to be
 * @param good what is to be served again
 * @param why one sentence without a full stop
 */
public record Rollback(String from, GroupSnapshot good, String why) {}
