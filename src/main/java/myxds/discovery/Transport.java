package myxds.discovery;

/** The ways in which a client can ask. */
public enum Transport {
  ADS_SOTW("ads-sotw"),
  ADS_DELTA("ads-delta"),
  SOTW("sotw"),
  DELTA("delta"),
  REST("rest");

  private final String word;

  Transport(String word) {
    this.word = word;
  }

  /** As logs and the API write it. */
  public String word() {
    return word;
  }
}
