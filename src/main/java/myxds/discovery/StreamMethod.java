package myxds.discovery;

import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * A gRPC method that streams resources.
 *
 * @param type the only one that it serves; null on the aggregated service
 */
record StreamMethod(boolean delta, @Nullable ResourceType type) {

  Transport transport() {
    if (type == null) {
      return delta ? Transport.ADS_DELTA : Transport.ADS_SOTW;
    }
    return delta ? Transport.DELTA : Transport.SOTW;
  }
}
