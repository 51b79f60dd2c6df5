package myxds.gate.conflict;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key pair with a certificate, made for a test so that no key is in the repository.
 *
 * @param kind RSA, EC or Ed25519
 */
public record Certified(String kind, String name, KeyPair keys, String certificate) {
  public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant FAR = Instant.parse("2046-01-01T00:00:00Z");

  /**
   * One that signed itself.
   *
   * @param kind RSA, EC or Ed25519, after a colon the size or curve: {@code EC:secp384r1}
   */
  public static Certified self(String kind, String name) {
    return self(kind, name, LONG_AGO, FAR);
  }

  public static Certified self(String kind, String name, Instant from, Instant until) {
    var keys = generate(kind);
    var family = kind.split(":", -1)[0];
    var issuer = new Certified(family, name, keys, "");
    return new Certified(family, name, keys, issuer.sign(name, keys, from, until));
  }

  /** One that this one signed. */
  public Certified issue(String kind, String name) {
    var leaf = generate(kind);
    return new Certified(kind.split(":", -1)[0], name, leaf, sign(name, leaf, LONG_AGO, FAR));
  }

  /** PKCS#8. */
  public String key() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** PKCS#1 or SEC 1. */
  public String oldKey() {
    return pem(kind + " PRIVATE KEY", oldKeyDer());
  }

  private byte[] oldKeyDer() {
    // SEQUENCE { version, algorithm, OCTET STRING }
    var info = content(keys.getPrivate().getEncoded());
    var rest = Arrays.copyOfRange(info, 3, info.length);
    var key = content(Arrays.copyOfRange(rest, 2 + rest[1], rest.length));
    return kind.equals("EC") ? der(0x30, content(key), der(0xA0, curve(rest))) : key;
  }

  /** The second part of SEQUENCE { algorithm, curve }. */
  private static byte[] curve(byte[] algorithm) {
    int start = 4 + algorithm[3];
    return Arrays.copyOfRange(algorithm, start, start + 2 + algorithm[start + 1]);
  }

  /** PKCS#1 encrypted as PEM has it, by a key that is made of the password and the salt. */
  public String encryptedKey(String password) {
    try {
      var salt = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
      var digest = MessageDigest.getInstance("MD5");
      digest.update(password.getBytes(StandardCharsets.UTF_8));
      digest.update(salt, 0, 8);
      var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(digest.digest(), "AES"),
          new IvParameterSpec(salt));
      var label = kind + " PRIVATE KEY";
      var head =
          "-----BEGIN %s-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,%s\n\n"
              .formatted(label, HexFormat.of().withUpperCase().formatHex(salt));
      return pem(label, cipher.doFinal(oldKeyDer()))
          .replace("-----BEGIN " + label + "-----\n", head);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String sign(String subject, KeyPair of, Instant from, Instant until) {
    var version = der(0xA0, der(0x02, new byte[] {2}));
    var content =
        der(
            0x30,
            version,
            der(0x02, new byte[] {5}),
            algorithm(),
            distinguished(name),
            der(0x30, time(from), time(until)),
            distinguished(subject),
            of.getPublic().getEncoded());
    var signed = der(0x30, content, algorithm(), der(0x03, new byte[] {0}, signature(content)));
    return pem("CERTIFICATE", signed);
  }

  private byte[] signature(byte[] content) {
    try {
      var signature =
          Signature.getInstance(
              switch (kind) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> kind;
              });
      signature.initSign(keys.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] algorithm() {
    return HexFormat.of()
        .parseHex(
            switch (kind) {
              case "RSA" -> "300d06092a864886f70d01010b0500";
              case "EC" -> "300a06082a8648ce3d040302";
              default -> "300506032b6570";
            });
  }

  private static byte[] distinguished(String name) {
    var oid = HexFormat.of().parseHex("0603550403");
    var text = der(0x0C, name.getBytes(StandardCharsets.UTF_8));
    return der(0x30, der(0x31, der(0x30, oid, text)));
  }

  private static byte[] time(Instant at) {
    var text = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(at);
    return der(0x17, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static KeyPair generate(String kind) {
    var parts = kind.split(":", -1);
    try {
      var generator = KeyPairGenerator.getInstance(parts[0]);
      if (parts[0].equals("RSA")) {
        generator.initialize(parts.length == 1 ? 2048 : Integer.parseInt(parts[1]));
      } else if (parts[0].equals("EC")) {
        generator.initialize(new ECGenParameterSpec(parts.length == 1 ? "secp256r1" : parts[1]));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] der) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
  }

  private static byte[] der(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (var part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    var all = new ByteArrayOutputStream();
    all.write(tag);
    if (length < 0x80) {
      all.write(length);
    } else if (length < 0x100) {
      all.writeBytes(new byte[] {(byte) 0x81, (byte) length});
    } else {
      all.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
    }
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  private static byte[] content(byte[] der) {
    int head = der[1] < 0 ? 2 + (der[1] & 0x7F) : 2;
    return Arrays.copyOfRange(der, head, der.length);
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
