package myxds.discovery;

/** The ways in which a client can ask. */
public enum Transport {
  ADS_SOTW("ads-sotw"),
  ADS_DELTA("ads-delta"),
  SOTW("sotw"),
  DELTA("delta"),
  /** A gRPC call that is no stream. */
  FETCH("fetch"),
  REST("rest");

  private final String word;

  Transport(String word) {
    this.word = word;
  }

  /** Whether a client stays, so that it can be told of changes. */
  public boolean isStream() {
    return this != FETCH && this != REST;
  }

  /** As logs and the API write it. */
  public String word() {
    return word;
  }
}
