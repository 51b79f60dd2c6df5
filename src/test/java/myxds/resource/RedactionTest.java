package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.PrivateKeyProvider;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsSessionTicketKeys;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import org.junit.jupiter.api.Test;

final class RedactionTest {
  private static final DataSource HIDDEN =
      DataSource.newBuilder().setInlineString("[redacted]").build();

  private final Redaction redaction = new Redaction(Schema.ofApi());

  @Test
  void hidesASensitiveFieldAndLeavesTheOthers() {
    var redacted = redaction.redact(certificate());

    assertThat(redacted).isEqualTo(certificate().toBuilder().setPrivateKey(HIDDEN).build());
  }

  @Test
  void hidesBytesAndEveryElementOfAList() {
    var keys =
        TlsSessionTicketKeys.newBuilder()
            .addKeys(DataSource.newBuilder().setInlineBytes(ByteString.copyFromUtf8("k1")))
            .addKeys(DataSource.newBuilder().setInlineString("k2"))
            .build();

    var redacted = redaction.redact(keys);

    assertThat(redacted)
        .isEqualTo(
            TlsSessionTicketKeys.newBuilder()
                .addKeys(
                    DataSource.newBuilder().setInlineBytes(ByteString.copyFromUtf8("[redacted]")))
                .addKeys(HIDDEN)
                .build());
  }

  @Test
  void looksIntoPackedMessages() {
    var redacted = redaction.redact(cluster(certificate()));

    assertThat(redacted)
        .isEqualTo(cluster(certificate().toBuilder().setPrivateKey(HIDDEN).build()));
  }

  @Test
  void hidesAllOfAPackedMessageInASensitiveField() {
    var redacted = redaction.redact(provider(Any.pack(StringValue.of("secret"))));

    assertThat(redacted).isEqualTo(provider(Any.pack(StringValue.of("[redacted]"))));
  }

  @Test
  void leavesAnUnknownPackedMessagePacked() {
    var cluster = Cluster.newBuilder();
    cluster.getMetadataBuilder().putTypedFilterMetadata("key", unknown("anything"));

    assertThat(redaction.redact(cluster.build())).isEqualTo(cluster.build());
  }

  @Test
  void emptiesAnUnknownPackedMessageInASensitiveField() {
    var redacted = redaction.redact(provider(unknown("secret")));

    assertThat(redacted).isEqualTo(provider(unknown("")));
  }

  private static TlsCertificate certificate() {
    return TlsCertificate.newBuilder()
        .setCertificateChain(DataSource.newBuilder().setFilename("chain.pem"))
        .setPrivateKey(DataSource.newBuilder().setInlineString("a private key"))
        .build();
  }

  private static Message cluster(TlsCertificate certificate) {
    var context =
        UpstreamTlsContext.newBuilder()
            .setSni("example")
            .setCommonTlsContext(CommonTlsContext.newBuilder().addTlsCertificates(certificate));
    return Cluster.newBuilder()
        .setName("service")
        .setTransportSocket(TransportSocket.newBuilder().setTypedConfig(Any.pack(context.build())))
        .build();
  }

  private static Message provider(Any config) {
    return PrivateKeyProvider.newBuilder().setProviderName("hsm").setTypedConfig(config).build();
  }

  private static Any unknown(String value) {
    return Any.newBuilder()
        .setTypeUrl("type.googleapis.com/not.known.Here")
        .setValue(ByteString.copyFromUtf8(value))
        .build();
  }
}
