package myxds.discovery.engine;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds names in encoded messages: a string field is its length and its bytes, at any depth and in
 * any extension, known or not. It may see a name where there is none (a comment that reads like
 * one); it overlooks none, and those who ask only wait the longer for a wrong yes.
 */
final class Mentions {
  /** Names by their length in bytes. */
  private final Map<Integer, Set<String>> byLength = new HashMap<>();

  Mentions(Collection<String> names) {
    for (var name : names) {
      int length = name.getBytes(StandardCharsets.UTF_8).length;
      if (length > 0) {
        byLength.computeIfAbsent(length, any -> new HashSet<>()).add(name);
      }
    }
  }

  /** Those of the names that the message holds as a text of its own. */
  Set<String> in(ByteString message) {
    var bytes = message.toByteArray();
    var found = new HashSet<String>();
    for (int at = 0; at < bytes.length; at++) {
      int length = bytes[at] & 0x7F;
      int begin = at + 1;
      if (bytes[at] < 0 && begin < bytes.length && bytes[begin] >= 0) {
        length |= bytes[begin++] << 7;
      }
      var names = byLength.get(length);
      if (names != null && begin + length <= bytes.length) {
        var text = new String(bytes, begin, length, StandardCharsets.UTF_8);
        if (names.contains(text)) {
          found.add(text);
        }
      }
    }
    return found;
  }
}
