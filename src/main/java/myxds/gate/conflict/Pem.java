package myxds.gate.conflict;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A block of a PEM text, found as BoringSSL finds it: {@code -----BEGIN} begins a line, what is
 * around blocks is no matter.
 *
 * @param label {@code CERTIFICATE}
 * @param der empty when it is no base64 or its end is missing
 * @param header whether a header says that the content is encrypted
 */
record Pem(String label, Optional<byte[]> der, boolean header) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  static List<Pem> blocks(String text) {
    var blocks = new ArrayList<Pem>();
    var lines = text.lines().map(String::stripTrailing).iterator();
    while (lines.hasNext()) {
      var line = lines.next();
      if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > BEGIN.length() + 5) {
        var label = line.substring(BEGIN.length(), line.length() - DASHES.length());
        blocks.add(block(label, lines));
      }
    }
    return blocks;
  }

  private static Pem block(String label, Iterator<String> lines) {
    var base64 = new StringBuilder();
    boolean encrypted = false;
    while (lines.hasNext()) {
      var line = lines.next();
      if (line.startsWith(END)) {
        boolean ended = line.equals(END + label + DASHES);
        return new Pem(label, ended ? decoded(base64) : Optional.empty(), encrypted);
      }
      // A header, which base64 cannot be.
      if (line.contains(":")) {
        encrypted |= line.startsWith("Proc-Type:") && line.contains("ENCRYPTED");
      } else {
        base64.append(line.replaceAll("\\s", ""));
      }
    }
    return new Pem(label, Optional.empty(), encrypted);
  }

  private static Optional<byte[]> decoded(CharSequence base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64.toString()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isEncrypted() {
    return header || label.equals("ENCRYPTED PRIVATE KEY");
  }

  @Override
  public String toString() {
    // The content may be a private key.
    return "Pem[" + label + "]";
  }

  /** Whether the content is one DER sequence from its first byte to its last. */
  boolean isSequence() {
    return der.filter(Pem::isSequence).isPresent();
  }

  private static boolean isSequence(byte[] der) {
    if (der.length < 2 || der[0] != 0x30) {
      return false;
    }
    int first = der[1] & 0xFF;
    if (first < 0x80) {
      return der.length == 2 + first;
    }
    int digits = first - 0x80;
    if (digits == 0 || digits > 4 || der.length < 2 + digits) {
      return false;
    }
    long length = 0;
    for (int i = 0; i < digits; i++) {
      length = (length << 8) | (der[2 + i] & 0xFF);
    }
    return der.length == 2 + digits + length;
  }
}
