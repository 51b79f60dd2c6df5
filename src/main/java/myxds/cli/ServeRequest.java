package myxds.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was typed after {@code serve}.
 *
 * @param flags the settings among it, unchecked, by their keys: {@code grpc.port}, {@code config}
 * @param printSettings show the settings and end
 * @param portsFile where to write the ports once they accept connections
 */
public record ServeRequest(
    Map<String, String> flags, boolean printSettings, @Nullable Path portsFile) {

  public ServeRequest {
    flags = Map.copyOf(flags);
  }
}
