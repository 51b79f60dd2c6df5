package myxds.peer;

import static myxds.peer.ConflictRow.Verdict.ACCEPTED;
import static myxds.peer.ConflictRow.Verdict.BROKEN;
import static myxds.peer.ConflictRow.Verdict.REFUSED;
import static myxds.peer.ConflictRow.Verdict.USELESS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import myxds.gate.conflict.Certified;
import myxds.peer.ConflictRow.Verdict;

/** Certificates in listeners, clusters and secrets. */
final class CertificateRows {
  private static final Instant NOW = Certified.NOW;
  private static final Instant BEFORE = NOW.minus(Duration.ofDays(900));
  private static final Instant AFTER = NOW.plus(Duration.ofDays(900));
  private static final Certified CA = Certified.self("RSA", "ca");
  private static final Certified RSA = CA.issue("RSA", "rsa");
  private static final Certified OTHER = CA.issue("RSA", "other");
  private static final Certified EC = CA.issue("EC", "ec");
  private static final Certified EC384 = CA.issue("EC:secp384r1", "ec");
  private static final Certified EC521 = CA.issue("EC:secp521r1", "ec");
  private static final Certified ED = CA.issue("Ed25519", "ed");
  private static final Certified SHORT = CA.issue("RSA:1024", "short");
  private static final Certified EXPIRED =
      Certified.self("RSA", "expired", BEFORE, NOW.minus(Duration.ofDays(1)));
  private static final Certified ENDING =
      Certified.self("RSA", "ending", BEFORE, NOW.plus(Duration.ofDays(3)));
  private static final Certified FUTURE =
      Certified.self("RSA", "future", NOW.plus(Duration.ofDays(3)), AFTER);
  private static final String BROKEN_PEM = RSA.certificate().replace("-----END", "-----");

  private CertificateRows() {}

  static List<ConflictRow> all() {
    return Stream.of(keys(), chains(), validities(), trusted(), contexts())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ConflictRow> keys() {
    return List.of(
        own("RSA", ACCEPTED, RSA.certificate(), RSA.key()),
        own("EC P-256", ACCEPTED, EC.certificate(), EC.key()),
        own("EC P-384", ACCEPTED, EC384.certificate(), EC384.key()),
        own("EC P-521", ACCEPTED, EC521.certificate(), EC521.key()),
        own("Ed25519", ACCEPTED, ED.certificate(), ED.key()),
        own("PKCS#1", ACCEPTED, RSA.certificate(), RSA.oldKey()),
        own("SEC 1", ACCEPTED, EC.certificate(), EC.oldKey()),
        own("SEC 1 P-521", ACCEPTED, EC521.certificate(), EC521.oldKey()),
        own("a short RSA key", REFUSED, SHORT.certificate(), SHORT.key()),
        own("another RSA key", REFUSED, RSA.certificate(), OTHER.key()),
        own("another RSA key in PKCS#1", REFUSED, RSA.certificate(), OTHER.oldKey()),
        own("another EC key", REFUSED, EC.certificate(), CA.issue("EC", "x").key()),
        own("another EC key in SEC 1", REFUSED, EC.certificate(), CA.issue("EC", "x").oldKey()),
        own("another Ed25519 key", REFUSED, ED.certificate(), CA.issue("Ed25519", "x").key()),
        own("a key of another kind", REFUSED, EC.certificate(), RSA.key()),
        own("an old key of another kind", REFUSED, EC.certificate(), RSA.oldKey()),
        own("an EC key of another kind", REFUSED, RSA.certificate(), EC.oldKey()),
        own("no PEM for a key", REFUSED, RSA.certificate(), "hello"),
        own("a certificate for a key", REFUSED, RSA.certificate(), RSA.certificate()),
        own(
            "a broken key",
            REFUSED,
            RSA.certificate(),
            RSA.key().replace("-----END", "!\n-----END")),
        own("an empty key", REFUSED, RSA.certificate(), ""),
        own(
            "an encrypted key without a password",
            REFUSED,
            RSA.certificate(),
            RSA.encryptedKey("x")),
        own(
            "an encrypted key",
            ACCEPTED,
            RSA.certificate(),
            RSA.encryptedKey("x"),
            ", password: {inline_string: x}"),
        own("the second of two keys", REFUSED, RSA.certificate(), OTHER.key() + RSA.key()));
  }

  private static List<ConflictRow> chains() {
    return List.of(
        own("a chain", ACCEPTED, RSA.certificate() + CA.certificate(), RSA.key()),
        own("a chain the wrong way", REFUSED, CA.certificate() + RSA.certificate(), RSA.key()),
        own("a chain of strangers", USELESS, RSA.certificate() + EC.certificate(), RSA.key()),
        own("no PEM", REFUSED, "hello", RSA.key()),
        own("an empty chain", REFUSED, "", RSA.key()),
        own("a key for a chain", REFUSED, RSA.key(), RSA.key()),
        own("no end", REFUSED, BROKEN_PEM, RSA.key()),
        own("a broken second", REFUSED, RSA.certificate() + cert("AAAA"), RSA.key()),
        own(
            "another label around nothing",
            ACCEPTED,
            "-----BEGIN X-----\nAAAA\n-----END X-----\n" + RSA.certificate(),
            RSA.key()),
        own("text around", ACCEPTED, "a\n" + RSA.certificate() + "b", RSA.key()),
        own("the key before the chain", ACCEPTED, RSA.key() + RSA.certificate(), RSA.key()),
        own("indented", REFUSED, RSA.certificate().indent(2), RSA.key()),
        own("on one line", REFUSED, RSA.certificate().replace("\n", " "), RSA.key()),
        own("lines of Windows", ACCEPTED, RSA.certificate().replace("\n", "\r\n"), RSA.key()),
        own("empty lines", ACCEPTED, RSA.certificate().replace("\n", "\n\n"), RSA.key()),
        own(
            "an X509 CERTIFICATE",
            ACCEPTED,
            RSA.certificate().replace("CERT", "X509 CERT"),
            RSA.key()),
        own(
            "a TRUSTED CERTIFICATE",
            ACCEPTED,
            RSA.certificate().replace("CERT", "TRUSTED CERT"),
            RSA.key()));
  }

  private static List<ConflictRow> validities() {
    return List.of(
        own("expired", BROKEN, EXPIRED.certificate(), EXPIRED.key()),
        own("not yet valid", USELESS, FUTURE.certificate(), FUTURE.key()),
        own("expires soon", USELESS, ENDING.certificate(), ENDING.key()));
  }

  private static List<ConflictRow> trusted() {
    return List.of(
        trust("a CA", ACCEPTED, CA.certificate()),
        trust("no PEM for a CA", REFUSED, "hello"),
        trust("nothing for a CA", REFUSED, ""),
        trust("a key for a CA", REFUSED, CA.key()),
        trust("a CA and its key", ACCEPTED, CA.certificate() + CA.key()),
        trust("a CA and rubbish", REFUSED, CA.certificate() + cert("AAAA")),
        trust("a leaf for a CA", ACCEPTED, RSA.certificate()),
        trust("a short CA", ACCEPTED, SHORT.certificate()),
        trust("an expired CA", BROKEN, EXPIRED.certificate()),
        trust("one expired CA of two", USELESS, EXPIRED.certificate() + CA.certificate()),
        ConflictRow.of(
            "an expired CA that may be",
            ACCEPTED,
            secret(
                "validation_context: {allow_expired_certificate: true, trusted_ca: "
                    + inline(EXPIRED.certificate())
                    + "}")));
  }

  private static List<ConflictRow> contexts() {
    var good = pair(RSA.certificate(), RSA.key());
    return List.of(
        server("a server's certificate", ACCEPTED, "tls_certificates: [" + good + "]"),
        server("two for a server", ACCEPTED, "tls_certificates: [" + good + ", " + good + "]"),
        server("none for a server", REFUSED, ""),
        server("an empty one", REFUSED, "tls_certificates: [{}]"),
        server(
            "no key",
            REFUSED,
            "tls_certificates: [{certificate_chain: " + inline(RSA.certificate()) + "}]"),
        server("no chain", REFUSED, "tls_certificates: [{private_key: " + inline(RSA.key()) + "}]"),
        server(
            "a stranger's key",
            REFUSED,
            "tls_certificates: [" + pair(RSA.certificate(), OTHER.key()) + "]"),
        client("one for a client", ACCEPTED, "tls_certificates: [" + good + "]"),
        client("two for a client", REFUSED, "tls_certificates: [" + good + ", " + good + "]"),
        client(
            "a short one for a client",
            REFUSED,
            "tls_certificates: [" + pair(SHORT.certificate(), SHORT.key()) + "]"));
  }

  private static ConflictRow own(String name, Verdict verdict, String... chainKeyRest) {
    var rest = chainKeyRest.length == 3 ? chainKeyRest[2] : "";
    var pair = pair(chainKeyRest[0], chainKeyRest[1]).replaceFirst("}$", rest + "}");
    return ConflictRow.of(name, verdict, secret("tls_certificate: " + pair));
  }

  private static ConflictRow trust(String name, Verdict verdict, String pem) {
    return ConflictRow.of(
        name, verdict, secret("validation_context: {trusted_ca: " + inline(pem) + "}"));
  }

  /** Envoy looks at a secret when a cluster asks for it. */
  private static String secret(String fields) {
    var reference =
        fields.startsWith("tls")
            ? "tls_certificate_sds_secret_configs: [{name: s}]"
            : "validation_context_sds_secret_config: {name: s}";
    return "secrets: [{name: s, " + fields + "}]\n  clusters: " + clusters(reference);
  }

  private static ConflictRow client(String name, Verdict verdict, String common) {
    return ConflictRow.of(name, verdict, "clusters: " + clusters(common));
  }

  private static ConflictRow server(String name, Verdict verdict, String common) {
    return ConflictRow.listeners(
        name,
        verdict,
        "{name: l, address: {socket_address: {address: 127.0.0.1, port_value: 80}}, filter_chains:"
            + " [{filters: [{name: e, typed_config: {\"@type\":"
            + " type.googleapis.com/envoy.extensions.filters.network.echo.v3.Echo}}], "
            + socket("DownstreamTlsContext", common)
            + "}]}");
  }

  private static String clusters(String common) {
    return "[{name: u, type: STATIC, " + socket("UpstreamTlsContext", common) + "}]";
  }

  private static String socket(String type, String common) {
    return "transport_socket: {name: tls, typed_config: {\"@type\":"
        + " type.googleapis.com/envoy.extensions.transport_sockets.tls.v3."
        + type
        + ", common_tls_context: {"
        + common
        + "}}}";
  }

  private static String pair(String chain, String key) {
    return "{certificate_chain: " + inline(chain) + ", private_key: " + inline(key) + "}";
  }

  private static String inline(String pem) {
    return "{inline_string: \"" + pem.replace("\r", "\\r").replace("\n", "\\n") + "\"}";
  }

  private static String cert(String base64) {
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }
}
