package myxds.feature;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The log lines of a daemon in this process, from the moment when it is ready. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("myxds");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  static LogLines begin() {
    var lines = new LogLines();
    lines.start();
    lines.logger.addAppender(lines);
    return lines;
  }

  @Override
  protected void append(ILoggingEvent event) {
    var pairs = event.getKeyValuePairs() == null ? List.of() : event.getKeyValuePairs();
    var trace = event.getThrowableProxy() == null ? "" : " with a stack trace";
    lines.add(
        pairs.stream()
            .map(pair -> " " + pair)
            .collect(
                Collectors.joining(
                    "", event.getLevel() + " " + event.getFormattedMessage(), trace)));
  }

  /** Returns the lines that contain this text. */
  List<String> with(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  /** Returns all lines. */
  List<String> all() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
