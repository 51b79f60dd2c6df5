package myxds.gate.conflict;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import myxds.resource.FieldPath;
import myxds.resource.Finding;

/**
 * Certificates that stand in a configuration.
 *
 * @param at the field that holds them
 * @param certificates in their order; empty when not all of them can be read
 */
record CertificateText(FieldPath at, List<X509Certificate> certificates) {
  private static final Set<String> LABELS = Set.of("CERTIFICATE", "X509 CERTIFICATE");

  /** With trust settings behind it, which Java does not read. */
  private static final String TRUSTED = "TRUSTED CERTIFICATE";

  /** Empty when the source is none that is looked into, as a file; tells what cannot be read. */
  static Optional<CertificateText> of(Node source, List<Finding> found) {
    return Inline.of(source).map(inline -> read(inline, found));
  }

  private static CertificateText read(Inline inline, List<Finding> found) {
    var blocks = Pem.blocks(inline.text());
    var certificates = new ArrayList<X509Certificate>();
    if (blocks.stream().anyMatch(block -> block.label().equals(TRUSTED))) {
      return new CertificateText(inline.at(), List.of());
    }
    int number = 0;
    for (var block : blocks) {
      if (!LABELS.contains(block.label())) {
        continue;
      }
      number++;
      var one = certificate(block);
      if (one.isEmpty()) {
        found.add(unreadable(inline.at(), number, block));
        return new CertificateText(inline.at(), List.of());
      }
      certificates.add(one.get());
    }
    if (certificates.isEmpty()) {
      found.add(Finding.error(inline.at(), "no certificate (expected: PEM)"));
    }
    return new CertificateText(inline.at(), certificates);
  }

  /** What is well-formed may be only beyond Java. */
  private static Finding unreadable(FieldPath at, int number, Pem block) {
    return block.isSequence()
        ? Finding.warning(at, "certificate %d could not be checked".formatted(number))
        : Finding.error(at, "certificate %d cannot be read (expected: PEM)".formatted(number));
  }

  private static Optional<X509Certificate> certificate(Pem block) {
    if (!block.isSequence()) {
      return Optional.empty();
    }
    try {
      var bytes = new ByteArrayInputStream(block.der().orElseThrow());
      return Optional.of(
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes));
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }
}
