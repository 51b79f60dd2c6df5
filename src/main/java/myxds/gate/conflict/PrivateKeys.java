package myxds.gate.conflict;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Private keys of PEM blocks, and whether they belong to a public key. */
final class PrivateKeys {
  static final Set<String> LABELS =
      Set.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY");

  private static final byte[] VERSION = HexFormat.of().parseHex("020100");
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final List<byte[]> CURVES =
      List.of(
          HexFormat.of().parseHex("301306072a8648ce3d020106082a8648ce3d030107"),
          HexFormat.of().parseHex("301006072a8648ce3d020106052b81040022"),
          HexFormat.of().parseHex("301006072a8648ce3d020106052b81040023"));
  private static final byte[] PROBE = {1, 2, 3, 4};

  private PrivateKeys() {}

  /** What can be said of a private key and a certificate. */
  enum Verdict {
    BELONGS,
    FOREIGN,
    /** Java cannot read it: not one of RSA, of a common curve, or Ed25519. */
    UNKNOWN
  }

  static Verdict verdict(Pem pem, PublicKey key) {
    boolean otherKind =
        switch (pem.label()) {
          case "RSA PRIVATE KEY" -> !(key instanceof RSAPublicKey);
          case "EC PRIVATE KEY" -> !(key instanceof ECPublicKey);
          default -> false;
        };
    return otherKind
        ? Verdict.FOREIGN
        : read(pem, key)
            .map(mine -> belong(mine, key) ? Verdict.BELONGS : Verdict.FOREIGN)
            .orElse(Verdict.UNKNOWN);
  }

  private static Optional<PrivateKey> read(Pem pem, PublicKey meant) {
    var der = pem.der().orElse(new byte[0]);
    return switch (pem.label()) {
      case "RSA PRIVATE KEY" -> key("RSA", wrapped(RSA, der));
      case "EC PRIVATE KEY" -> curve(meant).flatMap(curve -> key("EC", wrapped(curve, der)));
      default ->
          List.of("RSA", "EC", "Ed25519").stream()
              .flatMap(algorithm -> key(algorithm, der).stream())
              .findFirst();
    };
  }

  /** A key of SEC 1 need not say its curve: it is tried with that of the certificate. */
  private static Optional<byte[]> curve(PublicKey meant) {
    return CURVES.stream()
        .filter(curve -> Arrays.equals(curve, algorithm(meant.getEncoded())))
        .findFirst();
  }

  /** The algorithm of a SubjectPublicKeyInfo, whose header is of two or three bytes. */
  private static byte[] algorithm(byte[] info) {
    int start = info[1] < 0 ? 2 + (info[1] & 0x7F) : 2;
    return Arrays.copyOfRange(info, start, start + 2 + info[start + 1]);
  }

  private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** As PKCS#8, which is what Java reads. */
  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return der(0x30, joined(VERSION, algorithm, der(0x04, key)));
  }

  private static byte[] der(int tag, byte[] content) {
    int length = content.length;
    byte[] head;
    if (length < 0x80) {
      head = new byte[] {(byte) tag, (byte) length};
    } else if (length < 0x100) {
      head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
    } else {
      head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    }
    return joined(head, content);
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Whether a verdict is possible on keys of this kind. */
  static boolean knows(PublicKey key) {
    return key instanceof RSAPublicKey
        || key instanceof ECPublicKey
        || (key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519"));
  }

  private static boolean belong(PrivateKey key, PublicKey other) {
    if (key instanceof RSAPrivateCrtKey mine && other instanceof RSAPublicKey theirs) {
      return mine.getModulus().equals(theirs.getModulus())
          && mine.getPublicExponent().equals(theirs.getPublicExponent());
    }
    return switch (other) {
      case ECPublicKey ignored ->
          key.getAlgorithm().equals("EC") && signs("SHA256withECDSA", key, other);
      case EdECPublicKey ignored ->
          key.getAlgorithm().startsWith("Ed") && signs("Ed25519", key, other);
      case PublicKey ignored -> false;
    };
  }

  private static boolean signs(String algorithm, PrivateKey key, PublicKey other) {
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      var signed = signature.sign();
      signature.initVerify(other);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
