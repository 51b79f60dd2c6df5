package myxds.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliverySettingsTest {
  @TempDir Path config;

  @Test
  void readsHowResourcesAreDelivered() throws IOException {
    var settings =
        accepted(
            """
            grpc:
              resource_errors: true
              empty_endpoints_for_missing: true
              gate_timeout: 0s
              outbound_bytes: 8GiB
            csds:
              all_nodes: true
            """);

    assertThat(settings.delivery())
        .isEqualTo(new Settings.Delivery(true, true, Duration.ZERO, 8L << 30, true));
  }

  @Test
  void takesThemFromTheEnvironmentToo() {
    var environment = Map.of("MYXDS_GRPC_EMPTY_ENDPOINTS_FOR_MISSING", "true");

    var read =
        (Reading.Accepted) SettingsReader.read(Map.of("config", config.toString()), environment);

    assertThat(read.settings().delivery().emptyEndpointsForMissing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "0", "0s", "0ms", "'off'"})
  void letsConnectionsGrowOld(String text) throws IOException {
    assertThat(accepted("grpc.max_connection_age: " + text).grpc().maxConnectionAge()).isNull();
  }

  @Test
  void endsConnectionsAtAnAge() throws IOException {
    assertThat(accepted("grpc.max_connection_age: 30m").grpc().maxConnectionAge())
        .isEqualTo(Duration.ofMinutes(30));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resource_errors: yes | my-xds.yaml:1:25: grpc.resource_errors is \"yes\" (expected: true"
            + " or false)",
        "resource_errors: 1 | my-xds.yaml:1:25: grpc.resource_errors is \"1\" (expected: true or"
            + " false)",
        "max_connection_age: -1s | my-xds.yaml:1:28: grpc.max_connection_age is \"-1s\""
            + " (expected: off or a duration such as 500ms, 15s, 2m or 1h; at most 24h)",
        "gate_timeout: off | my-xds.yaml:1:22: grpc.gate_timeout is \"off\""
            + " (expected: a duration such as 500ms, 15s, 2m or 1h; at most 24h)",
        "outbound_bytes: 0 | my-xds.yaml:1:24: grpc.outbound_bytes is \"0\""
            + " (expected: auto, a quarter of the heap, or a size such as 512MiB or 2GiB)",
        "outbound_bytes: 9999999999GiB | my-xds.yaml:1:24: grpc.outbound_bytes is \"9999999999GiB\""
            + " (expected: auto, a quarter of the heap, or a size such as 512MiB or 2GiB)",
      })
  void saysWhatWasExpected(String setting, String expected) throws IOException {
    var read = (Reading.Refused) read("grpc: {" + setting + "}");

    assertThat(read.messages()).singleElement().asString().endsWith(expected);
  }

  private Settings accepted(String text) throws IOException {
    return ((Reading.Accepted) read(text)).settings();
  }

  private Reading read(String text) throws IOException {
    Files.writeString(config.resolve("my-xds.yaml"), text);
    return SettingsReader.read(Map.of("config", config.toString()), Map.of());
  }
}
