package myxds.port;

import java.io.ByteArrayOutputStream;

/** Arrays of bytes. */
final class Bytes {
  private Bytes() {}

  static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
