package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.GenericSecret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.envoyproxy.envoy.service.discovery.v3.ResourceError;
import java.time.Instant;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;

/** What other servers may send, as it is printed. */
final class AnswerTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Any UNKNOWN =
      Any.newBuilder()
          .setTypeUrl("type.googleapis.com/acme.Unknown")
          .setValue(ByteString.copyFromUtf8("hush"))
          .build();

  private final Schema schema = Schema.ofApi();

  @Test
  void takesNamesFromTheMessages() {
    var response =
        DiscoveryResponse.newBuilder()
            .setVersionInfo("v1")
            .setNonce("n1")
            .addResources(Any.pack(Cluster.newBuilder().setName("a").build()))
            .addResources(Any.pack(ClusterLoadAssignment.newBuilder().setClusterName("b").build()))
            .addResources(UNKNOWN)
            .build();

    assertThat(text(response))
        .isEqualTo(
            """
            2026-11-23T12:00:00.000Z response version=v1 nonce=n1 resources=3 bytes=%d
              a
              b
              (no name)
            """
                .formatted(response.getSerializedSize()));
  }

  @Test
  void looksIntoAWrapper() {
    var wrapper =
        Resource.newBuilder()
            .setName("a")
            .setVersion("7")
            .setTtl(Duration.newBuilder().setSeconds(1))
            .setResource(Any.pack(Cluster.newBuilder().setName("a").build()))
            .build();
    var response = DiscoveryResponse.newBuilder().addResources(Any.pack(wrapper)).build();

    assertThat(text(response)).endsWith("\n  a version=7\n");
    assertThat(json(response)).contains("v3.Cluster\",\"name\":\"a\"}");
  }

  @Test
  void tellsAHeartbeatByItsName() {
    var heartbeat = Resource.newBuilder().setName("a").setVersion("7").build();
    var response = DeltaDiscoveryResponse.newBuilder().addResources(heartbeat).build();

    assertThat(text(response)).endsWith("\n  a version=7\n");
    assertThat(JsonParser.parseString(json(response)))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"type": "clusters", "version": "", "nonce": "", "removed": [],
                 "resources": [{"@type": "%s", "name": "a"}], "versions": {"a": "7"}}
                """
                    .formatted(ResourceType.CLUSTER.typeUrl())));
  }

  @Test
  void tellsErrors() {
    var error = ResourceError.newBuilder();
    error.getResourceNameBuilder().setName("a");
    error.getErrorDetailBuilder().setMessage("not found");
    var response = DeltaDiscoveryResponse.newBuilder().addResourceErrors(error).build();

    assertThat(text(response))
        .contains(" resources=0 errors=1 bytes=")
        .endsWith("\n  a error=not found\n");
    assertThat(json(response)).contains("\"errors\":{\"a\":\"not found\"}");
  }

  @Test
  void keepsNamesFromSteeringTheTerminal() {
    var hostile = "a\n\u001b[2J\u009b2Jb\u007f";
    var response =
        DeltaDiscoveryResponse.newBuilder()
            .setSystemVersionInfo(hostile)
            .setNonce(hostile)
            .addRemovedResources(hostile)
            .addResources(
                Resource.newBuilder()
                    .setName(hostile)
                    .setVersion(hostile)
                    .setResource(Any.pack(Cluster.newBuilder().setName(hostile).build())))
            .build();

    assertThat(text(response).lines()).hasSize(3).noneMatch(line -> line.matches(".*\\p{Cc}.*"));
    assertThat(json(response).strip()).doesNotContainPattern("\\p{Cc}");
    assertThat(JsonParser.parseString(json(response)).getAsJsonObject().get("nonce").getAsString())
        .isEqualTo(hostile);
  }

  @Test
  void hidesSecretsWhereverTheyAre() {
    var secret =
        Secret.newBuilder()
            .setName("s")
            .setGenericSecret(
                GenericSecret.newBuilder()
                    .setSecret(DataSource.newBuilder().setInlineString("hush")))
            .build();
    var extension =
        TypedExtensionConfig.newBuilder().setName("e").setTypedConfig(Any.pack(secret)).build();
    var sotw =
        DiscoveryResponse.newBuilder()
            .addResources(Any.pack(secret))
            .addResources(Any.pack(extension))
            .build();
    var delta =
        DeltaDiscoveryResponse.newBuilder()
            .addResources(Resource.newBuilder().setName("s").setResource(Any.pack(secret)))
            .build();

    assertThat(json(sotw)).contains("[redacted]").doesNotContain("hush");
    assertThat(json(delta)).contains("[redacted]").doesNotContain("hush");
    assertThat(text(sotw) + text(delta)).doesNotContain("hush");
  }

  @Test
  void showsNothingOfWhatIsNotKnown() {
    var holder = TypedExtensionConfig.newBuilder().setName("e").setTypedConfig(UNKNOWN).build();
    var broken =
        Any.newBuilder()
            .setTypeUrl(ResourceType.SECRET.typeUrl())
            .setValue(ByteString.copyFromUtf8("hush"))
            .build();
    var response =
        DiscoveryResponse.newBuilder()
            .addResources(UNKNOWN)
            .addResources(Any.pack(holder))
            .addResources(broken)
            .build();

    assertThat(json(response))
        .contains(
            "{\"@type\":\"type.googleapis.com/acme.Unknown\",\"name\":\"\",\"not_shown\":\"4"
                + " bytes\"}")
        .contains("\"name\":\"e\",\"not_shown\":\"")
        .doesNotContain("hush", "aHVzaA");
  }

  private String text(Message response) {
    return new AnswerText(Answer.of(response, schema)).at(NOON);
  }

  private String json(Message response) {
    return new AnswerJson(ResourceType.CLUSTER, schema).line(Answer.of(response, schema));
  }
}
