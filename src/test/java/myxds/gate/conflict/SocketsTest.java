package myxds.gate.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SocketsTest {
  private static final String WEB = "{socket_address: {address: 127.0.0.1, port_value: 80}}";

  @Test
  void tellsBothListenersOfOneAddress() {
    var found = Found.in(listeners("address: " + WEB, "address: " + WEB));

    assertThat(found)
        .containsExactly(
            "l0 address: error: TCP port 80 of 127.0.0.1 is also the address of listener \"l1\""
                + " (expected: one of its own)",
            "l1 address: error: TCP port 80 of 127.0.0.1 is also the address of listener \"l0\""
                + " (expected: one of its own)");
  }

  @Test
  void tellsTheFirstOfManyOnce() {
    var found = Found.in(listeners("address: " + WEB, "address: " + WEB, "address: " + WEB));

    assertThat(found).extracting(one -> one.substring(0, 2)).containsExactly("l0", "l1", "l2");
  }

  @Test
  void findsAnAdditionalAddress() {
    var found =
        Found.in(
            listeners(
                "address: "
                    + ip("127.0.0.1, port_value: 81")
                    + ", additional_addresses: [{address: "
                    + WEB
                    + "}]",
                "address: " + WEB));

    assertThat(found).hasSize(2);
    assertThat(found.getFirst()).startsWith("l0 additional_addresses[0].address: error: ");
  }

  @Test
  void warnsOfAnAddressThatAListenerHasTwice() {
    var twice = "address: " + WEB + ", additional_addresses: [{address: " + WEB + "}]";

    assertThat(Found.in(listeners(twice)))
        .containsExactly(
            "l0 additional_addresses[0].address: warning: TCP port 80 of 127.0.0.1 is an address"
                + " of this listener already (expected: once)");
    assertThat(Found.in(listeners(twice + ", enable_reuse_port: false")))
        .singleElement()
        .asString()
        .contains("error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '::1', port_value: 80                       | '0:0:0:0:0:0:0:1', port_value: 80
          '::', port_value: 80, ipv4_compat: true     | '::', port_value: 80
          127.0.0.1, port_value: 80, protocol: UDP    | 127.0.0.1, port_value: 80, protocol: UDP
          """,
      quoteCharacter = '"')
  void takesSpellingsOfOneAddressForTheSame(String first, String second) {
    var found = Found.in(listeners("address: " + ip(first), "address: " + ip(second)));

    assertThat(found).hasSize(2).allMatch(one -> one.contains("is also the address of"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.1, port_value: 80    | 127.0.0.1, port_value: 81
          127.0.0.1, port_value: 80    | 127.0.0.2, port_value: 80
          127.0.0.1, port_value: 80    | 127.0.0.1, port_value: 80, protocol: UDP
          127.0.0.1, port_value: 0     | 127.0.0.1, port_value: 0
          0.0.0.0, port_value: 80      | 127.0.0.1, port_value: 80
          '::', port_value: 80         | 0.0.0.0, port_value: 80
          '::ffff:127.0.0.1', port_value: 80  | 127.0.0.1, port_value: 80
          127.0.0.1, port_value: 80, network_namespace_filepath: /a | 127.0.0.1, port_value: 80
          """,
      quoteCharacter = '"')
  void takesTheseForTwo(String first, String second) {
    assertThat(Found.in(listeners("address: " + ip(first), "address: " + ip(second)))).isEmpty();
  }

  @Test
  void findsAPipeThatIsThereTwice() {
    var found = Found.in(listeners("address: {pipe: {path: /p}}", "address: {pipe: {path: /p}}"));

    assertThat(found).hasSize(2).allMatch(one -> one.contains("/p is also the address"));
  }

  @Test
  void findsListenersThatDoNotBind() {
    var unbound = "bind_to_port: false, address: ";

    assertThat(Found.in(listeners(unbound + WEB, "address: " + WEB))).hasSize(2);
    assertThat(Found.in(listeners(unbound + WEB, unbound + WEB))).hasSize(2);
    assertThat(
            Found.in(
                listeners(
                    unbound + ip("127.0.0.1, port_value: 0"),
                    unbound + ip("127.0.0.1, port_value: 0"))))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "'::'", "'::1'"})
  void findsWhatCannotBeBoundBesideAllAddresses(String other) {
    var all = ip("'::', port_value: 80, ipv4_compat: true");
    var mapped = other.equals("'::'") ? "0.0.0.0" : other;

    var found =
        Found.in(
            listeners(
                "address: " + all,
                "enable_reuse_port: false, address: " + ip(mapped + ", port_value: 80")));

    assertThat(found).hasSize(2).allMatch(one -> one.contains("cannot be bound beside"));
  }

  @Test
  void letsAListenerThatDoesNotBindBeBesideAllAddresses() {
    assertThat(
            Found.in(
                listeners(
                    "enable_reuse_port: false, address: " + ip("0.0.0.0, port_value: 80"),
                    "bind_to_port: false, address: " + WEB)))
        .isEmpty();
  }

  @Test
  void tellsOfEachOnceAmongMany() {
    var all = new ArrayList<String>();
    for (int i = 0; i < 20_000; i++) {
      all.add("address: " + ip("127.0.%d.%d, port_value: 80".formatted(i >> 8, i & 255)));
    }
    all.add("enable_reuse_port: false, address: " + ip("0.0.0.0, port_value: 80"));
    all.add("address: " + WEB);

    var found = Found.conflicts().between(Found.resources(listeners(all.toArray(String[]::new))));

    assertThat(found).hasSize(20_000 + 1 + 1);
  }

  private static String ip(String rest) {
    return "{socket_address: {address: " + rest + "}}";
  }

  private static String listeners(String... fields) {
    var all = new ArrayList<String>();
    for (var one : List.of(fields)) {
      all.add(
          "- {\"@type\": type.googleapis.com/envoy.config.listener.v3.Listener, name: l%d,"
                  .formatted(all.size())
              + " default_filter_chain: {filters: [{name: a}]}, "
              + one
              + "}\n");
    }
    return "resources:\n" + String.join("", all);
  }
}
