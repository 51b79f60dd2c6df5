package myxds.port;

/** A port that clients connect to. */
public enum Port {
  GRPC("grpc", "gRPC"),
  REST("rest", "REST"),
  ADMIN("admin", "admin");

  private final String key;
  private final String title;

  Port(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /** The section of its settings, and the value of its label in metrics. */
  public String key() {
    return key;
  }

  /** Its name in a sentence. */
  String title() {
    return title;
  }
}
