package myxds.gate.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import myxds.resource.Origin;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** Certificates and files; what Envoy accepts is in the peer tests. */
final class CertificatesTest {
  private static final Certified GOOD = Certified.self("EC", "good");
  private static final Certified OTHER = Certified.self("EC", "other");

  @Test
  void saysWhenACertificateEnds() {
    assertThat(Found.in(own(lasting(Duration.ofSeconds(-1)))))
        .containsExactly(
            "s tls_certificate.certificate_chain.inline_string: error: the certificate of CN=ends"
                + " expired on 2026-11-23T11:59:59Z");
    assertThat(Found.in(own(lasting(Duration.ofDays(29)))))
        .containsExactly(
            "s tls_certificate.certificate_chain.inline_string: warning: the certificate of CN=ends"
                + " expires on 2026-12-22T12:00:00Z");
    assertThat(Found.in(own(lasting(Duration.ofDays(31))))).isEmpty();
  }

  @Test
  void saysWhenACertificateBegins() {
    var future =
        Certified.self(
            "EC",
            "begins",
            Certified.NOW.plus(Duration.ofDays(1)),
            Certified.NOW.plus(Duration.ofDays(100)));

    assertThat(Found.in(own(future)))
        .containsExactly(
            "s tls_certificate.certificate_chain.inline_string: warning: the certificate of"
                + " CN=begins is not valid before 2026-11-24T12:00:00Z");
  }

  @Test
  void warnsOfAnExpiredCertificateBehindTheFirst() {
    var expired = lasting(Duration.ofDays(-1));
    var chain = own(expired.issue("EC", "leaf"), expired.certificate());

    assertThat(Found.in(chain)).singleElement().asString().contains(": warning: ", "CN=ends");
  }

  @Test
  void countsTheExpiredOnesOfABundle() {
    var expired = lasting(Duration.ofDays(-1)).certificate();

    assertThat(Found.in(trust(GOOD.certificate() + expired + expired)))
        .containsExactly(
            "s validation_context.trusted_ca.inline_string: warning: the certificate of CN=ends"
                + " expired on 2026-11-22T12:00:00Z, as did 2 of 3");
    assertThat(Found.in(trust(expired))).singleElement().asString().contains(": error: ");
    assertThat(Found.in(trust(lasting(Duration.ofDays(2)).certificate())))
        .singleElement()
        .asString()
        .contains(": warning: ", "expires on");
  }

  @Test
  void tellsNothingOfAKey() {
    var wrong =
        "tls_certificate: {certificate_chain: %s, private_key: %s}"
            .formatted(inline(GOOD.certificate()), inline(OTHER.key()));

    assertThat(Found.in(secret(wrong)))
        .containsExactly(
            "s tls_certificate.private_key: error: the private key does not belong to the"
                + " certificate (expected: its own)");
    assertThat(Pem.blocks(OTHER.key())).hasToString("[Pem[PRIVATE KEY]]");
  }

  @Test
  void readsCertificatesGivenAsBytes() {
    var bytes =
        Base64.getEncoder().encodeToString(GOOD.certificate().getBytes(StandardCharsets.UTF_8));
    var wrong =
        "tls_certificate: {certificate_chain: {inline_bytes: %s}, private_key: %s}"
            .formatted(bytes, inline(OTHER.key()));

    assertThat(Found.in(secret(wrong))).hasSize(1);
  }

  @Test
  void leavesWhatIsElsewhereOrEncrypted() {
    var encrypted = OTHER.key().replace("PRIVATE", "ENCRYPTED PRIVATE");

    assertThat(
            Found.in(
                secret(
                    "tls_certificate: {certificate_chain: {filename: /a}, private_key:"
                        + " {environment_variable: A}}")))
        .isEmpty();
    assertThat(
            Found.in(
                secret(
                    "tls_certificate: {certificate_chain: %s, password: {filename: /a}, private_key: %s}"
                        .formatted(inline(GOOD.certificate()), inline(encrypted)))))
        .isEmpty();
    assertThat(Found.in(secret("tls_certificate: {pkcs12: {filename: /a}}"))).isEmpty();
    assertThat(Found.in(secret("generic_secret: {secret: {inline_string: a}}"))).isEmpty();
  }

  @Test
  void readsMessagesOfAnotherSchema() throws Exception {
    var secret = Secret.newBuilder().setName("s");
    secret
        .getTlsCertificateBuilder()
        .setCertificateChain(source(GOOD.certificate()))
        .setPrivateKey(source(OTHER.key()));
    var dynamic = DynamicMessage.parseFrom(Secret.getDescriptor(), secret.build().toByteString());

    var found =
        Found.conflicts()
            .inside(
                new Resource(
                    new ResourceId(ResourceType.SECRET, "s"), dynamic, Origin.of("a.yaml")));

    assertThat(found).hasSize(1);
  }

  @Test
  void warnsOfAFileThatIsHere() {
    var conflicts = Found.conflicts(Set.of("/here/a", "/etc/ssl/b", "conf")::contains);
    var files =
        "tls_certificate: {certificate_chain: {filename: %s}, private_key: {filename: /elsewhere},"
            + " watched_directory: {path: conf}}";

    assertThat(Found.in(conflicts, secret(files.formatted("/here/a"))))
        .containsExactly(
            "s tls_certificate.certificate_chain.filename: warning: filename: \"/here/a\" exists"
                + " here (expected: it exists where each Envoy runs)",
            "s tls_certificate.watched_directory.path: warning: path: \"conf\" exists here"
                + " (expected: it exists where each Envoy runs)");
    assertThat(Found.in(conflicts, secret(files.formatted("/etc/ssl/b")))).hasSize(1);
  }

  private static Certified lasting(Duration rest) {
    return Certified.self(
        "EC", "ends", Certified.NOW.minus(Duration.ofDays(100)), Certified.NOW.plus(rest));
  }

  private static String own(Certified certified) {
    return own(certified, "");
  }

  private static String own(Certified certified, String more) {
    return secret(
        "tls_certificate: {certificate_chain: %s, private_key: %s}"
            .formatted(inline(certified.certificate() + more), inline(certified.key())));
  }

  private static String trust(String pem) {
    return secret("validation_context: {trusted_ca: " + inline(pem) + "}");
  }

  private static String secret(String fields) {
    return """
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
    name: s
    %s
    """
        .formatted(fields);
  }

  private static String inline(String pem) {
    return "{inline_string: \"" + pem.replace("\n", "\\n") + "\"}";
  }

  private static DataSource source(String pem) {
    return DataSource.newBuilder().setInlineBytes(ByteString.copyFromUtf8(pem)).build();
  }
}
