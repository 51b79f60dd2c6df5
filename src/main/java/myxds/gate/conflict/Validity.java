package myxds.gate.conflict;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import myxds.resource.FieldPath;
import myxds.resource.Finding;
import myxds.resource.Problem.Severity;

/**
 * When certificates are valid. Envoy takes expired ones in silence: it is the peer who then breaks
 * off.
 *
 * @param soon how long before its end a certificate is worth a warning
 */
record Validity(InstantSource clock, Duration soon) {

  /** A certificate that Envoy shows, or one beside it, which peers may do without. */
  Optional<Finding> shown(X509Certificate certificate, FieldPath at, boolean leaf) {
    var until = until(certificate);
    var from = certificate.getNotBefore().toInstant();
    if (isExpired(certificate)) {
      var severity = leaf ? Severity.ERROR : Severity.WARNING;
      return Optional.of(new Finding(severity, at, said(certificate, "expired on " + until)));
    }
    if (clock.instant().isBefore(from)) {
      return Optional.of(Finding.warning(at, said(certificate, "is not valid before " + from)));
    }
    return endsSoon(certificate)
        ? Optional.of(Finding.warning(at, said(certificate, "expires on " + until)))
        : Optional.empty();
  }

  /** Those of a bundle that peers are verified by: with the one or the other expired it works. */
  Optional<Finding> trusted(List<X509Certificate> bundle, FieldPath at) {
    var expired = bundle.stream().filter(this::isExpired).toList();
    if (!expired.isEmpty()) {
      boolean all = expired.size() == bundle.size();
      var first = expired.getFirst();
      var text =
          said(first, "expired on " + until(first))
              + (bundle.size() == 1
                  ? ""
                  : ", as did %d of %d".formatted(expired.size(), bundle.size()));
      return Optional.of(all ? Finding.error(at, text) : Finding.warning(at, text));
    }
    return bundle.stream()
        .filter(this::endsSoon)
        .findFirst()
        .map(one -> Finding.warning(at, said(one, "expires on " + until(one))));
  }

  private boolean isExpired(X509Certificate certificate) {
    return clock.instant().isAfter(until(certificate));
  }

  private boolean endsSoon(X509Certificate certificate) {
    return clock.instant().plus(soon).isAfter(until(certificate));
  }

  private static Instant until(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private static String said(X509Certificate certificate, String what) {
    return "the certificate of %s %s"
        .formatted(certificate.getSubjectX500Principal().getName(), what);
  }
}
