package myxds.gate.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import myxds.resource.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExpiryTest {
  private static final Instant MAY = Instant.parse("2027-05-01T00:00:00Z");
  private static final Instant JUNE = Instant.parse("2027-06-01T00:00:00Z");
  private static final Certified UNTIL_MAY = until(MAY);
  private static final Certified UNTIL_JUNE = until(JUNE);

  private final Expiry expiry = new Expiry(Schema.ofApi());

  @Test
  void isThatOfTheFirstOfAChainToEnd() {
    var chain = UNTIL_JUNE.certificate() + UNTIL_MAY.certificate();

    assertThat(expiry("tls_certificate: {certificate_chain: %s}", chain)).isEqualTo(MAY);
  }

  @Test
  void isThatOfTheLastOfABundleToEnd() {
    var bundle = UNTIL_MAY.certificate() + UNTIL_JUNE.certificate();

    assertThat(expiry("validation_context: {trusted_ca: %s}", bundle)).isEqualTo(JUNE);
    assertThat(
            expiry("validation_context: {allow_expired_certificate: true, trusted_ca: %s}", bundle))
        .isNull();
  }

  @Test
  void isFoundInsideOtherResources() {
    var cluster =
        """
        "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: c
        transport_socket:
          name: tls
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
            common_tls_context:
              tls_certificates: [{certificate_chain: %s}]
        """
            .formatted(inline(UNTIL_MAY.certificate()));

    assertThat(expiry.of(Found.resources(cluster).getFirst())).contains(MAY);
  }

  @Test
  void isNoneWhereNoCertificateCanBeRead() {
    assertThat(expiry("generic_secret: {secret: %s}", UNTIL_MAY.certificate())).isNull();
    assertThat(expiry("tls_certificate: {certificate_chain: %s}", "nonsense")).isNull();
    assertThat(expiry("tls_certificate: {certificate_chain: {filename: /a}}", "")).isNull();
  }

  private @Nullable Instant expiry(String fields, String pem) {
    var secret =
        """
        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
        name: s
        %s
        """
            .formatted(fields.formatted(inline(pem)));
    return expiry.of(Found.resources(secret).getFirst()).orElse(null);
  }

  private static Certified until(Instant end) {
    return Certified.self("EC", "ends", Instant.EPOCH.plusSeconds(1_500_000_000), end);
  }

  private static String inline(String pem) {
    return "{inline_string: \"" + pem.replace("\n", "\\n") + "\"}";
  }
}
