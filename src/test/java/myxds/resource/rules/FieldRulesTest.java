package myxds.resource.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import java.util.List;
import myxds.resource.FieldPath;
import myxds.resource.Finding;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;

final class FieldRulesTest {
  private final FieldRules rules = new FieldRules(Schema.ofApi());

  @Test
  void findsNothingInWhatIsRight() {
    var cluster =
        Cluster.newBuilder().setName("a").setConnectTimeout(Durations.fromSeconds(1)).build();

    assertThat(rules.check(cluster)).isEmpty();
  }

  @Test
  void tellsAllThatIsWrongAndWhere() {
    var cluster =
        Cluster.newBuilder()
            .setConnectTimeout(Durations.fromSeconds(-1))
            .setCleanupInterval(Durations.fromNanos(-1))
            .addHealthChecks(HealthCheck.newBuilder().setTimeout(Durations.fromSeconds(1)));

    assertThat(check(cluster.build()))
        .containsExactly(
            "name: name: empty (expected: at least 1 character)",
            "connect_timeout: connect_timeout: -1s (expected: more than 0s)",
            "health_checks[0].interval: interval: not set (expected: a value)",
            "health_checks[0].unhealthy_threshold: unhealthy_threshold: not set (expected: a"
                + " value)",
            "health_checks[0].healthy_threshold: healthy_threshold: not set (expected: a value)",
            "health_checks[0]: health_checks[0]: none of http_health_check, tcp_health_check,"
                + " grpc_health_check, custom_health_check is set (expected: one)",
            "cleanup_interval: cleanup_interval: -0.000000001s (expected: more than 0s)");
  }

  @Test
  void givesAnErrorWithItsPath() {
    var cluster = Cluster.newBuilder().setName("a").setConnectTimeout(Durations.ZERO).build();

    var finding =
        Finding.error(
            FieldPath.ROOT.field("connect_timeout"),
            "connect_timeout: 0s (expected: more than 0s)");

    assertThat(rules.check(cluster).toString()).isEqualTo(List.of(finding).toString());
  }

  @Test
  void wantsOneOfAChoice() {
    var routes =
        RouteConfiguration.newBuilder()
            .setName("a")
            .addVirtualHosts(
                io.envoyproxy.envoy.config.route.v3.VirtualHost.newBuilder()
                    .setName("b")
                    .addDomains("*")
                    .addRoutes(Route.getDefaultInstance()));

    assertThat(check(routes.build()))
        .containsExactly(
            "virtual_hosts[0].routes[0].match: match: not set (expected: a value)",
            "virtual_hosts[0].routes[0]: routes[0]: none of route, redirect, direct_response,"
                + " filter_action, non_forwarding_action is set (expected: one)");
  }

  @Test
  void namesTheMessageWhenItIsWrongItself() {
    assertThat(check(io.envoyproxy.envoy.config.core.v3.Address.getDefaultInstance()))
        .containsExactly(
            ": Address: none of socket_address, pipe, envoy_internal_address is set (expected:"
                + " one)");
  }

  @Test
  void looksIntoAnAny() {
    var listener = listener(Any.pack(TcpProxy.newBuilder().setCluster("a").build()));

    assertThat(check(listener))
        .containsExactly(
            "filter_chains[0].filters[0].typed_config.stat_prefix: stat_prefix: empty (expected: at"
                + " least 1 character)");
  }

  @Test
  void looksIntoAnAnyInAnAny() {
    var inner = Any.pack(TcpProxy.newBuilder().setCluster("a").build());
    var outer = TypedExtensionConfig.newBuilder().setName("b").setTypedConfig(inner).build();

    assertThat(check(listener(Any.pack(outer))))
        .containsExactly(
            "filter_chains[0].filters[0].typed_config.typed_config.stat_prefix: stat_prefix: empty"
                + " (expected: at least 1 character)");
  }

  @Test
  void passesOverAnAnyOfAnUnknownType() {
    var unknown = Any.newBuilder().setTypeUrl("type.googleapis.com/acme.Unknown");

    assertThat(check(listener(unknown.setValue(ByteString.copyFromUtf8("?")).build()))).isEmpty();
  }

  @Test
  void refusesAnAnyThatCannotBeRead() {
    var torn =
        Any.pack(TcpProxy.getDefaultInstance()).toBuilder().setValue(ByteString.copyFromUtf8("?"));

    assertThat(check(listener(torn.build())))
        .containsExactly(
            "filter_chains[0].filters[0].typed_config: typed_config: bytes that cannot be read"
                + " (expected: a message"
                + " envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy)");
  }

  @Test
  void stopsAtAnysThatAreNestedTooDeep() {
    var any = Any.pack(TcpProxy.getDefaultInstance());
    for (int i = 0; i < 2_000; i++) {
      any = Any.pack(TypedExtensionConfig.newBuilder().setName("a").setTypedConfig(any).build());
    }

    assertThat(rules.check(listener(any)))
        .singleElement()
        .extracting(Finding::message)
        .isEqualTo(
            "typed_config: nested too deep (expected: at most 400 fields, each inside"
                + " another)");
  }

  @Test
  void looksIntoMapsByKey() {
    var type = Ruled.map("google.protobuf.Duration", "map { values { duration { gt {} } } }");

    assertThat(type.check("f { key: \"a\" value {} } f { key: \"b\" value { nanos: 1 } }"))
        .containsExactly("f[\"a\"]: f[\"a\"]: 0s (expected: more than 0s)");
  }

  @Test
  void judgesAScalarThatIsNotSetByItsDefault() {
    var type = Ruled.field("uint32", "uint32 { gt: 0 }");

    assertThat(type.check("")).containsExactly("f: f: 0 (expected: more than 0)");
  }

  @Test
  void passesOverAnOptionalScalarThatIsNotSet() {
    var type =
        Ruled.type(
            """
            message_type {
              name: "One"
              field {
                name: "f" number: 1 type: TYPE_UINT32 proto3_optional: true oneof_index: 0
                options { [validate.rules] { uint32 { gt: 0 } } }
              }
              oneof_decl { name: "_f" }
            }
            """);

    assertThat(type.check("")).isEmpty();
    assertThat(type.check("f: 0")).containsExactly("f: f: 0 (expected: more than 0)");
  }

  @Test
  void judgesOnlyTheMemberOfAChoiceThatIsSet() {
    var type =
        Ruled.type(
            """
            message_type {
              name: "One"
              field {
                name: "f" number: 1 type: TYPE_UINT32 oneof_index: 0
                options { [validate.rules] { uint32 { gt: 0 } } }
              }
              field { name: "g" number: 2 type: TYPE_UINT32 oneof_index: 0 }
              oneof_decl { name: "choice" options { [validate.required]: true } }
            }
            """);

    assertThat(type.check("g: 0")).isEmpty();
    assertThat(type.check("f: 0")).containsExactly("f: f: 0 (expected: more than 0)");
    assertThat(type.check("")).containsExactly(": One: none of f, g is set (expected: one)");
  }

  @Test
  void goesAroundACircleOfTypesAsFarAsTheMessageGoes() {
    var type =
        Ruled.type(
            """
            message_type {
              name: "One"
              field {
                name: "next" number: 1 type: TYPE_MESSAGE type_name: ".ruled.Other"
              }
            }
            message_type {
              name: "Other"
              field { name: "next" number: 1 type: TYPE_MESSAGE type_name: ".ruled.One" }
              field {
                name: "f" number: 2 type: TYPE_UINT32
                options { [validate.rules] { uint32 { gt: 0 } } }
              }
            }
            """);

    assertThat(type.check("next { f: 1 next { next {} } }"))
        .containsExactly("next.next.next.f: f: 0 (expected: more than 0)");
  }

  @Test
  void passesOverWhatIsSkippedOrSwitchedOff() {
    var below =
        """
        message_type {
          name: "Off" options { [validate.disabled]: true }
          field { name: "below" number: 1 type: TYPE_MESSAGE type_name: ".ruled.Ruled" }
        }
        message_type {
          name: "Ruled"
          field {
            name: "f" number: 1 type: TYPE_UINT32
            options { [validate.rules] { uint32 { gt: 0 } } }
          }
        }
        """;
    var type =
        Ruled.type(
            """
            message_type {
              name: "One"
              field {
                name: "skipped" number: 1 type: TYPE_MESSAGE type_name: ".ruled.Ruled"
                options { [validate.rules] { message { skip: true } } }
              }
              field { name: "off" number: 2 type: TYPE_MESSAGE type_name: ".ruled.Off" }
              field { name: "on" number: 3 type: TYPE_MESSAGE type_name: ".ruled.Ruled" }
            }
            """
                + below);

    assertThat(type.check("skipped {} off { below {} } on {}"))
        .containsExactly("on.f: f: 0 (expected: more than 0)");
  }

  @Test
  void leavesOutRulesOfAnotherTypeThanTheFields() {
    assertThat(Ruled.field("int32", "uint32 { gt: 3 }").check("f: 1")).isEmpty();
    assertThat(Ruled.field("string", "bytes { min_len: 3 }").check("f: \"a\"")).isEmpty();
  }

  private List<String> check(Message message) {
    return Ruled.told(rules.check(message));
  }

  private static Listener listener(Any config) {
    var filter = Filter.newBuilder().setName("a").setTypedConfig(config);
    return Listener.newBuilder()
        .addFilterChains(FilterChain.newBuilder().addFilters(filter))
        .build();
  }
}
