package myxds.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as one flat JSON object on one line: {@code time}, {@code level}, {@code msg}, then the
 * keys of the event. Numbers and booleans stay what they are, durations become milliseconds,
 * everything else is a string. A stack trace is one string under {@code stack}.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

  @Override
  public String doLayout(ILoggingEvent event) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    var pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> fields.put(pair.key, pair.value));
    }
    if (!event.getLoggerName().startsWith("myxds")) {
      fields.put("logger", event.getLoggerName());
    }
    if (event.getThrowableProxy() != null) {
      var stack = new StringBuilder();
      TextLayout.appendThrowable("", event.getThrowableProxy(), stack);
      fields.put("stack", stack.toString().strip());
    }
    return line(
        event.getInstant(), event.getLevel().toString(), event.getFormattedMessage(), fields);
  }

  /** Returns a line, with the line break at its end. */
  static String line(Instant time, String level, String message, Map<String, ?> fields) {
    var line = new StringBuilder(160).append('{');
    append("time", TextLayout.TIME.format(time), line);
    append("level", level, line);
    append("msg", message, line);
    fields.forEach((key, value) -> append(key, value, line));
    return line.append("}\n").toString();
  }

  private static void append(String key, @Nullable Object value, StringBuilder line) {
    if (line.length() > 1) {
      line.append(',');
    }
    Escaped.appendJson(key, line);
    line.append(':');
    switch (value) {
      case null -> line.append("null");
      case Duration duration -> line.append(duration.toMillis());
      case Double number when !Double.isFinite(number) -> line.append("null");
      case Number number -> line.append(number);
      case Boolean truth -> line.append(truth);
      default -> Escaped.appendJson(value.toString(), line);
    }
  }
}
