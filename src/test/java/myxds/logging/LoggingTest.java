package myxds.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LoggingTest {
  private static final String TIME = "2026-11-23T14:30:01.123Z";

  private final LoggerContext context = new LoggerContext();

  @Test
  void writesAnEventInOneLine() {
    var event = event("published", pair("group", "edge"), pair("clusters", 12));

    assertThat(text(event)).isEqualTo(TIME + " INFO published group=edge clusters=12\n");
  }

  @Test
  void namesTheLibraryThatWarns() {
    var event = event("io.grpc.Netty", Level.WARN, "odd", null);

    assertThat(text(event)).isEqualTo(TIME + " WARN odd logger=io.grpc.Netty\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "edge-7.eu/a:b,c [x] | v=\"edge-7.eu/a:b,c [x]\"",
        "a\\b                | v=a\\b",
        "``                  | v=\"\"",
        "a b                 | v=\"a b\"",
        "a=b                 | v=\"a=b\"",
        "say \"hi\" \\       | v=\"say \\\"hi\\\" \\\\\"",
      })
  void quotesAValueOnlyWhenItsEndCouldNotBeSeen(String value, String written) {
    assertThat(text(event("m", pair("v", value)))).isEqualTo(TIME + " INFO m " + written + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\n2026-11-23T14:30:01.123Z INFO published group=forged",
        "x\r\nforged",
        "x\u0085forged",
        "x\u2028forged\u2029",
        "\u001b[2Jx",
        "x\u202egnp.exe",
        "x\u0000y",
        "x\ud800y",
        "\" group=forged",
      })
  void keepsAHostileValueInItsQuotes(String value) {
    var line = text(event("m", pair("v", value), pair("next", 1)));

    assertThat(line).startsWith(TIME + " INFO m v=\"").endsWith("\" next=1\n");
    var written = line.substring((TIME + " INFO m v=\"").length(), line.length() - 9);
    assertThat(written).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");
    assertThat(written).doesNotContainPattern("(?<!\\\\)\"");
  }

  @Test
  void keepsAHostileMessageInItsLine() {
    assertThat(text(event("a\nb\u001bc"))).isEqualTo(TIME + " INFO a\\nb\\u001bc\n");
  }

  @Test
  void writesNullAsAWord() {
    assertThat(text(event("m", pair("v", null)))).isEqualTo(TIME + " INFO m v=null\n");
  }

  @Test
  void appendsAThrowableIndented() {
    var thrown = new IllegalStateException("top\nforged", new RuntimeException("below"));
    thrown.addSuppressed(new RuntimeException("beside"));

    var lines = text(event("myxds.A", Level.ERROR, "failed", thrown)).lines().toList();

    assertThat(lines)
        .startsWith(
            TIME + " ERROR failed",
            "  java.lang.IllegalStateException: top\\nforged",
            "    at " + thrown.getStackTrace()[0])
        .contains("  suppressed: java.lang.RuntimeException: beside")
        .contains("  caused by: java.lang.RuntimeException: below");
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("  "));
  }

  @Test
  void writesOneJsonObjectALine() {
    var thrown = new IllegalStateException("top\n\u2028");
    var event = event("myxds.A", Level.WARN, "a \"quoted\"\nmessage", thrown);
    event.setKeyValuePairs(List.of(pair("node", "x\n\"y\u001b"), pair("n", 7)));

    var line = json(event);

    assertThat(line).endsWith("\n").containsOnlyOnce("\n");
    var object = JsonParser.parseString(line).getAsJsonObject();
    assertThat(object.get("level").getAsString()).isEqualTo("WARN");
    assertThat(object.get("msg").getAsString()).isEqualTo("a \"quoted\"\nmessage");
    assertThat(object.get("node").getAsString()).isEqualTo("x\n\"y\u001b");
    assertThat(object.get("stack").getAsString())
        .startsWith("java.lang.IllegalStateException: top\\n")
        .contains("\n    at myxds.logging.LoggingTest.");
  }

  @Test
  void writesFlatKeysAndNumbersAsNumbers() {
    var event =
        event(
            "published",
            pair("group", "edge"),
            pair("clusters", 12),
            pair("ok", true),
            pair("none", null),
            pair("in", Duration.ofMillis(8)));

    assertThat(json(event))
        .isEqualTo(
            "{\"time\":\"%s\",\"level\":\"INFO\",\"msg\":\"published\",\"group\":\"edge\","
                    .formatted(TIME)
                + "\"clusters\":12,\"ok\":true,\"none\":null,\"in\":8}\n");
    assertThat(text(event)).endsWith(" ok=true none=null in=8ms\n");
  }

  @Test
  void namesTheLibraryThatWarnsInJson() {
    var object = JsonParser.parseString(json(event("io.grpc.Netty", Level.WARN, "odd", null)));

    assertThat(object.getAsJsonObject().get("logger").getAsString()).isEqualTo("io.grpc.Netty");
  }

  @Test
  void isSilentWhereACommandSpeaksForItself() {
    var netty = LoggerFactory.getLogger("io.grpc.netty");
    var jul = java.util.logging.Logger.getLogger("io.grpc.internal");

    Logging.off();

    assertThat(netty.isErrorEnabled()).isFalse();
    assertThat(jul.isLoggable(java.util.logging.Level.SEVERE)).isFalse();
    Logging.start(Logging.Format.TEXT);
    assertThat(netty.isWarnEnabled()).isTrue();
    assertThat(jul.isLoggable(java.util.logging.Level.WARNING)).isTrue();
  }

  private String text(LoggingEvent event) {
    return new String(Logging.text(context).encode(event), StandardCharsets.UTF_8);
  }

  private String json(LoggingEvent event) {
    return new String(Logging.json(context).encode(event), StandardCharsets.UTF_8);
  }

  private LoggingEvent event(String message, KeyValuePair... pairs) {
    var event = event("myxds.snapshot.Publisher", Level.INFO, message, null);
    event.setKeyValuePairs(List.of(pairs));
    return event;
  }

  private LoggingEvent event(String name, Level level, String message, @Nullable Throwable thrown) {
    Logger logger = context.getLogger(name);
    var event = new LoggingEvent("", logger, level, message, thrown, null);
    event.setInstant(Instant.parse(TIME));
    return event;
  }

  private static KeyValuePair pair(String key, @Nullable Object value) {
    return new KeyValuePair(key, value);
  }
}
