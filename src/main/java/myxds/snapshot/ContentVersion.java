package myxds.snapshot;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import myxds.resource.Delivery;
import myxds.resource.ResourceType;

/**
 * Versions that depend on content alone: the first 64 bits of a SHA-256, 16 hexadecimal digits.
 * They stand in for every resource of every reconnecting client's first request, hence short.
 */
final class ContentVersion {
  private static final int BYTES = 8;

  private ContentVersion() {}

  /** Of one message's deterministic bytes, and of how it is to be delivered if that is special. */
  static String of(ByteString content, Delivery delivery) {
    var sha = sha256();
    content.asReadOnlyByteBufferList().forEach(sha::update);
    if (!delivery.equals(Delivery.PLAIN)) {
      update(sha, String.valueOf(delivery.ttl()));
      delivery.aliases().forEach(alias -> update(sha, alias));
    }
    return text(sha);
  }

  /** Of many, sorted by name, each told by its name and version. */
  static String ofAll(List<Versioned> resources) {
    var sha = sha256();
    for (var one : resources) {
      update(sha, one.name());
      update(sha, one.version());
    }
    return text(sha);
  }

  /** Of many types, each told by its URL and version. */
  static String ofTypes(SortedMap<ResourceType, TypeView> types) {
    var sha = sha256();
    types.forEach((type, view) -> {
      update(sha, type.typeUrl());
      update(sha, view.version());
    });
    return text(sha);
  }

  /** The length first, so that no two lists of texts have the same bytes. */
  private static void update(MessageDigest sha, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    sha.update(bytes);
  }

  private static String text(MessageDigest sha) {
    return HexFormat.of().formatHex(sha.digest(), 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
