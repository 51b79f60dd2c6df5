package myxds.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One event, one line: {@code 2026-11-23T14:30:01.123Z INFO published group=edge}. What clients
 * send ends up in values, so nothing in an event can begin a second line; only the frames of a
 * stack trace do, and they are indented.
 */
final class TextLayout extends LayoutBase<ILoggingEvent> {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder(160);
    TIME.formatTo(event.getInstant(), line);
    line.append(' ').append(event.getLevel()).append(' ');
    Escaped.append(event.getFormattedMessage(), line);
    appendPairs(event.getKeyValuePairs(), line);
    appendLogger(event.getLoggerName(), line);
    line.append('\n');
    appendThrowable("", event.getThrowableProxy(), line);
    return line.toString();
  }

  private static void appendPairs(@Nullable List<KeyValuePair> pairs, StringBuilder line) {
    if (pairs == null) {
      return;
    }
    for (var pair : pairs) {
      line.append(' ').append(pair.key).append('=');
      Escaped.appendValue(text(pair.value), line);
    }
  }

  private static String text(@Nullable Object value) {
    return value instanceof Duration duration ? duration.toMillis() + "ms" : String.valueOf(value);
  }

  /** Our messages say by themselves whose they are; a library's do not. */
  private static void appendLogger(String logger, StringBuilder line) {
    if (!logger.startsWith("myxds")) {
      line.append(" logger=").append(logger);
    }
  }

  static void appendThrowable(String label, @Nullable IThrowableProxy thrown, StringBuilder lines) {
    if (thrown == null) {
      return;
    }
    lines.append("  ").append(label).append(thrown.getClassName()).append(": ");
    Escaped.append(String.valueOf(thrown.getMessage()), lines);
    lines.append('\n');
    var frames = thrown.getStackTraceElementProxyArray();
    for (int i = 0; i < frames.length - thrown.getCommonFrames(); i++) {
      lines.append("    ").append(frames[i].getSTEAsString()).append('\n');
    }
    for (var suppressed : thrown.getSuppressed()) {
      appendThrowable("suppressed: ", suppressed, lines);
    }
    appendThrowable("caused by: ", thrown.getCause(), lines);
  }
}
