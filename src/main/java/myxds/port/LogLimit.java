package myxds.port;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A limit of one log line a minute for each of the newest thousand keys. */
final class LogLimit {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int KEYS = 1_000;

  private final Map<String, Long> logged =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > KEYS;
        }
      };

  /** Returns whether a line may be logged for this key now; if so, it counts as logged. */
  synchronized boolean permits(String key) {
    long now = System.nanoTime();
    var last = logged.get(key);
    if (last != null && now - last < EVERY.toNanos()) {
      return false;
    }
    logged.remove(key);
    logged.put(key, now);
    return true;
  }
}
