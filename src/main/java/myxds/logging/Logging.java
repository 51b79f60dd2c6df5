package myxds.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Where log lines go: standard output, ours from INFO on, the libraries' from WARN on. The system
 * property {@code myxds.log.level} sets another level for ours.
 */
public final class Logging {
  private Logging() {}

  /** How a line is written. */
  public enum Format {
    /** For people: time, level, message, {@code key=value}. */
    TEXT,
    /** For machines: one JSON object. */
    JSON
  }

  /** Writes every log line from now on in this format; may be called again. */
  public static void start(Format format) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.addListener(julLevels(context));
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    context.getLogger("myxds").setLevel(ourLevel());
    root.addAppender(standardOutput(context, format));
    bridgeJul();
  }

  /** Writes no log line from now on: where a command speaks for itself, libraries are silent. */
  public static void off() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.addListener(julLevels(context));
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    bridgeJul();
  }

  /**
   * Returns a line as {@link Format#JSON} writes it, for what is printed whatever the level is.
   *
   * @param fields in their order; numbers stay numbers, durations become milliseconds
   */
  public static String jsonLine(String message, Map<String, ?> fields) {
    return JsonLayout.line(Instant.now(), Level.INFO.toString(), message, fields).strip();
  }

  private static Level ourLevel() {
    return Level.toLevel(System.getProperty("myxds.log.level"), Level.INFO);
  }

  private static ConsoleAppender<ILoggingEvent> standardOutput(
      LoggerContext context, Format format) {
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setEncoder(
        switch (format) {
          case TEXT -> text(context);
          case JSON -> json(context);
        });
    appender.start();
    return appender;
  }

  static Encoder<ILoggingEvent> text(LoggerContext context) {
    return encoder(new TextLayout(), context);
  }

  static Encoder<ILoggingEvent> json(LoggerContext context) {
    return encoder(new JsonLayout(), context);
  }

  private static Encoder<ILoggingEvent> encoder(
      Layout<ILoggingEvent> layout, LoggerContext context) {
    layout.setContext(context);
    layout.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    return encoder;
  }

  /** Spares java.util.logging the making of records that nobody will see. */
  private static LevelChangePropagator julLevels(LoggerContext context) {
    var propagator = new LevelChangePropagator();
    propagator.setContext(context);
    propagator.setResetJUL(true);
    propagator.start();
    return propagator;
  }

  private static void bridgeJul() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
