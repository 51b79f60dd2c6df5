package myxds.gate.conflict;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import myxds.resource.Resource;
import myxds.resource.Schema;

/**
 * When the certificates that stand in resources end: of a chain the first that does, of a bundle
 * that peers are verified by the last, for it works until then. What is in a file is not looked
 * into. Safe for use by several threads.
 */
public final class Expiry {
  private final Walk<Instant> walk;

  public Expiry(Schema schema) {
    this.walk =
        new Walk<>(
            schema,
            Map.<String, List<Look<Instant>>>of(
                Certificates.OWN, List.of(Expiry::own),
                Certificates.TRUST, List.of(Expiry::trusted)));
  }

  /** When the first of them ends; empty when there is none. */
  public Optional<Instant> of(Resource resource) {
    return walk.of(resource.message()).stream().min(Comparator.naturalOrder());
  }

  private static void own(Node certificate, List<Instant> found) {
    ends(certificate, "certificate_chain").min(Comparator.naturalOrder()).ifPresent(found::add);
  }

  private static void trusted(Node context, List<Instant> found) {
    if (!context.flag("allow_expired_certificate", false)) {
      ends(context, "trusted_ca").max(Comparator.naturalOrder()).ifPresent(found::add);
    }
  }

  private static Stream<Instant> ends(Node node, String field) {
    return node
        .child(field)
        .flatMap(source -> CertificateText.of(source, new ArrayList<>()))
        .map(CertificateText::certificates)
        .orElse(List.of())
        .stream()
        .map(X509Certificate::getNotAfter)
        .map(date -> date.toInstant());
  }
}
