package myxds.gate.conflict;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import myxds.gate.conflict.PrivateKeys.Verdict;
import myxds.resource.FieldPath;
import myxds.resource.Finding;

/**
 * Certificates and private keys that stand in the configuration. What is in a file or comes from
 * elsewhere is not looked into, nor is a key that is encrypted: its password is for Envoy. No
 * finding tells anything of a key.
 */
final class Certificates {
  static final String OWN = "envoy.extensions.transport_sockets.tls.v3.TlsCertificate";
  static final String TRUST =
      "envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext";
  private static final int SHORTEST_RSA = 2048;

  private final Validity validity;

  Certificates(Validity validity) {
    this.validity = validity;
  }

  void own(Node certificate, List<Finding> found) {
    if (certificate.has("pkcs12") || certificate.isPartlyUnknown()) {
      return;
    }
    missing(certificate, found);
    var chain =
        certificate.child("certificate_chain").flatMap(source -> CertificateText.of(source, found));
    var key = key(certificate, found);
    if (chain.isPresent() && !chain.get().certificates().isEmpty()) {
      leaf(chain.get(), found);
      boolean paired =
          key.isEmpty() || pair(certificate.at("private_key"), key.get(), chain.get(), found);
      if (paired) {
        order(chain.get(), found);
      }
    }
  }

  void trusted(Node context, List<Finding> found) {
    context
        .child("trusted_ca")
        .flatMap(source -> CertificateText.of(source, found))
        .filter(text -> !text.certificates().isEmpty())
        .filter(text -> !context.flag("allow_expired_certificate", false))
        .flatMap(text -> validity.trusted(text.certificates(), text.at()))
        .ifPresent(found::add);
  }

  private static void missing(Node certificate, List<Finding> found) {
    if (!certificate.has("certificate_chain")) {
      found.add(Finding.error(certificate.path(), "no certificate_chain (expected: one)"));
    }
    if (!certificate.hasAny("private_key", "private_key_provider")) {
      found.add(Finding.error(certificate.path(), "no private_key (expected: one)"));
    }
  }

  /** The key as it stands there; empty when there is none to look at. */
  private static Optional<Pem> key(Node certificate, List<Finding> found) {
    var inline =
        certificate.has("private_key_provider")
            ? Optional.<Inline>empty()
            : certificate.child("private_key").flatMap(Inline::of);
    if (inline.isEmpty()) {
      return Optional.empty();
    }
    var key =
        Pem.blocks(inline.get().text()).stream()
            .filter(block -> PrivateKeys.LABELS.contains(block.label()))
            .findFirst();
    var at = inline.get().at();
    if (key.isEmpty()) {
      found.add(Finding.error(at, "no private key (expected: PEM)"));
    } else if (key.get().isEncrypted()) {
      if (!certificate.has("password")) {
        found.add(Finding.error(at, "the private key is encrypted (expected: a password)"));
      }
      return Optional.empty();
    } else if (!key.get().isSequence()) {
      found.add(Finding.error(at, "the private key cannot be read (expected: PEM)"));
      return Optional.empty();
    }
    return key;
  }

  private void leaf(CertificateText chain, List<Finding> found) {
    var certificates = chain.certificates();
    for (int i = 0; i < certificates.size(); i++) {
      validity.shown(certificates.get(i), chain.at(), i == 0).ifPresent(found::add);
    }
    if (certificates.getFirst().getPublicKey() instanceof RSAPublicKey rsa
        && rsa.getModulus().bitLength() < SHORTEST_RSA) {
      found.add(
          Finding.error(
              chain.at(),
              "an RSA key of %d bits (expected: %d or more)"
                  .formatted(rsa.getModulus().bitLength(), SHORTEST_RSA)));
    }
  }

  private static void order(CertificateText chain, List<Finding> found) {
    var certificates = chain.certificates();
    for (int i = 0; i + 1 < certificates.size(); i++) {
      if (!issued(certificates.get(i + 1), certificates.get(i))) {
        found.add(
            Finding.warning(
                chain.at(),
                "certificate %d did not issue the one before it (expected: its issuer)"
                    .formatted(i + 2)));
      }
    }
  }

  private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
    return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /** Whether they belong together, or one cannot tell. */
  private static boolean pair(FieldPath at, Pem key, CertificateText chain, List<Finding> found) {
    var leaf = chain.certificates().getFirst().getPublicKey();
    if (!PrivateKeys.knows(leaf)) {
      return true;
    }
    return switch (PrivateKeys.verdict(key, leaf)) {
      case BELONGS -> true;
      case UNKNOWN -> {
        found.add(
            Finding.warning(at, "the private key could not be checked against its certificate"));
        yield true;
      }
      case FOREIGN -> {
        found.add(foreign(at, key, chain));
        yield false;
      }
    };
  }

  private static Finding foreign(FieldPath at, Pem key, CertificateText chain) {
    var certificates = chain.certificates();
    for (int i = 1; i < certificates.size(); i++) {
      if (belongs(key, certificates.get(i))) {
        return Finding.error(
            chain.at(),
            "private_key belongs to certificate %d (expected: to the first)".formatted(i + 1));
      }
    }
    return Finding.error(
        at, "the private key does not belong to the certificate (expected: its own)");
  }

  private static boolean belongs(Pem key, X509Certificate certificate) {
    return PrivateKeys.knows(certificate.getPublicKey())
        && PrivateKeys.verdict(key, certificate.getPublicKey()) == Verdict.BELONGS;
  }
}
