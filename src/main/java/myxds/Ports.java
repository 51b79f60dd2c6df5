package myxds;

/** The ports that the daemon got. */
record Ports(int grpc, int rest, int admin) {

  /** As {@code --ports-file} holds them. */
  String json() {
    return "{\"grpc\":%d,\"rest\":%d,\"admin\":%d}\n".formatted(grpc, rest, admin);
  }
}
