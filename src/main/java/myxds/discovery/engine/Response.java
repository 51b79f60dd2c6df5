package myxds.discovery.engine;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import myxds.resource.ResourceType;

/**
 * One response of one stream: the shared body, and the stream's own nonce behind it. Fields may
 * come in any order in a message, so this is a legal encoding, and nothing is copied for a stream.
 */
public final class Response {
  /** The nonce has the same field number in both kinds of response. */
  private static final int NONCE_TAG = DiscoveryResponse.NONCE_FIELD_NUMBER << 3 | 2;

  private final Body body;
  private final String nonce;
  private final byte[] nonceField;

  Response(Body body, long nonce) {
    this.body = body;
    this.nonce = Long.toString(nonce);
    this.nonceField = nonceField(this.nonce);
  }

  public ResourceType type() {
    return body.type();
  }

  public String version() {
    return body.version();
  }

  public String nonce() {
    return nonce;
  }

  /** How many resources it carries. */
  public int resources() {
    return body.resources();
  }

  /** How many resources it takes away; none in a SotW response, which says so by absence. */
  public int removed() {
    return body.removed();
  }

  /** Its size on the wire, in bytes. */
  public int size() {
    return body.bytes().length + nonceField.length;
  }

  /** Writes a DiscoveryResponse or a DeltaDiscoveryResponse. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(body.bytes());
    out.write(nonceField);
  }

  /** A nonce is a decimal number, so its length takes one byte. */
  private static byte[] nonceField(String nonce) {
    var text = nonce.getBytes(StandardCharsets.US_ASCII);
    var field = new byte[2 + text.length];
    field[0] = NONCE_TAG;
    field[1] = (byte) text.length;
    System.arraycopy(text, 0, field, 2, text.length);
    return field;
  }
}
