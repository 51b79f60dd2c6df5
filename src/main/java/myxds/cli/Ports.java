package myxds.cli;

/** The ports that the daemon got. */
public record Ports(int grpc, int rest, int admin) {}
