package myxds.gate.conflict;

import java.util.List;
import myxds.resource.Finding;

/** How many certificates a side of TLS may have. */
final class TlsContexts {
  static final String DOWNSTREAM = "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext";
  static final String UPSTREAM = "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext";

  private TlsContexts() {}

  static void downstream(Node context, List<Finding> found) {
    var common = context.child("common_tls_context");
    boolean without =
        common
            .filter(one ->
                one.isPartlyUnknown()
                    || one.hasAny(
                        "tls_certificates",
                        "tls_certificate_sds_secret_configs",
                        "tls_certificate_provider_instance",
                        "tls_certificate_certificate_provider",
                        "tls_certificate_certificate_provider_instance",
                        "custom_tls_certificate_selector"))
            .isEmpty();
    if (without) {
      found.add(Finding.error(context.path(), "no certificate for a server (expected: one)"));
    }
  }

  static void upstream(Node context, List<Finding> found) {
    int count =
        context.child("common_tls_context").map(one -> one.children("tls_certificates")).stream()
            .mapToInt(List::size)
            .sum();
    if (count > 1) {
      found.add(
          Finding.error(
              context.at("common_tls_context").field("tls_certificates"),
              count + " certificates for a client (expected: at most one)"));
    }
  }
}
