package myxds.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A response as lines: what it is, and then what it has. */
record AnswerText(Answer answer) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  String at(Instant time) {
    return Stream.of(
            Stream.of(TIME.format(time) + " " + head()),
            answer.items().stream().map(AnswerText::item),
            answer.removed().stream().map(name -> "  " + name + " removed"),
            answer.faults().stream().map(AnswerText::fault))
        .flatMap(lines -> lines)
        .map(line -> Lines.printable(line) + "\n")
        .collect(Collectors.joining());
  }

  private String head() {
    return "response version=%s nonce=%s resources=%d%s bytes=%d"
        .formatted(
            answer.version(),
            answer.nonce(),
            answer.items().size(),
            counted(" removed=", answer.removed()) + counted(" errors=", answer.faults()),
            answer.bytes());
  }

  private static String counted(String what, List<?> things) {
    return things.isEmpty() ? "" : what + things.size();
  }

  private static String item(Answer.Item item) {
    var name = item.name().isEmpty() ? "(no name)" : item.name();
    return "  " + name + (item.version().isEmpty() ? "" : " version=" + item.version());
  }

  private static String fault(Answer.Fault fault) {
    return "  %s error=%s".formatted(fault.name(), fault.reason());
  }
}
