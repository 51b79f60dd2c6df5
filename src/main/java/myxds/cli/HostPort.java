package myxds.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where something listens.
 *
 * @param host a name or an address; an IPv6 one without brackets
 */
record HostPort(String host, int port) {
  private static final Pattern WRITTEN =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\s:\\[\\]]+)):([0-9]{1,5})");

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Returns whether the host is an IP address, and no name to look up. */
  boolean isAddress() {
    return host.contains(":") || host.matches("[0-9.]+");
  }

  /** Reads {@code HOST:PORT} and {@code [::1]:PORT} for picocli. */
  static final class Converter implements ITypeConverter<HostPort> {

    @Override
    public HostPort convert(String text) {
      var parts = WRITTEN.matcher(text);
      if (!parts.matches() || !isPort(parts.group(3))) {
        throw new TypeConversionException(
            "\"%s\" is no place to connect to (expected: HOST:PORT with a port 1..65535)"
                .formatted(text));
      }
      var host = parts.group(1) != null ? parts.group(1) : parts.group(2);
      return new HostPort(host, Integer.parseInt(parts.group(3)));
    }
  }

  /** Reads {@code PORT} for picocli; 0 stands for any free one. */
  static final class PortConverter implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
      if (!text.equals("0") && !isPort(text)) {
        throw new TypeConversionException("\"%s\" is no port (expected: 0..65535)".formatted(text));
      }
      return Integer.valueOf(text);
    }
  }

  private static boolean isPort(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      return false;
    }
    int port = Integer.parseInt(text);
    return port >= 1 && port <= 65535;
  }
}
