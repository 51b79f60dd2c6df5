package myxds;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import myxds.admin.Reloaded;
import myxds.logging.Logging;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.Schema;
import myxds.settings.Place;
import myxds.settings.Reading;
import myxds.settings.Reading.Accepted;
import myxds.settings.Reading.Value;
import myxds.settings.Settings;
import myxds.settings.SettingsReader;
import myxds.snapshot.LastGood;
import myxds.snapshot.state.StateFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings in effect. {@link #reread} applies the changes of {@code my-xds.yaml} that can take
 * effect while the daemon runs; an invalid file changes nothing.
 */
final class LiveSettings {
  private static final Logger log = LoggerFactory.getLogger(LiveSettings.class);
  private static final String KEPT = "; the settings in effect stay";

  /** The keys that take effect at once; every other key needs a restart. */
  private static final Set<String> LIVE =
      Set.of(
          "groups",
          "default_group",
          "on_nack",
          "guard",
          "guard.max_removed",
          "guard.min",
          "gate.envoy",
          "gate.references",
          "bootstrap",
          "static_clusters",
          "log.format");

  private final SettingsInput input;
  private final Accepted atStart;
  private final Schema schema;
  private final LastGood lastGood;

  // Written by one thread at a time, under the lock of this.
  private volatile Accepted inEffect;
  private volatile LiveOptions options;
  private List<Problem> problems;

  /**
   * Settings to start with.
   *
   * @param input what they were read from
   * @param problems why the settings file is not used; empty if it is
   */
  record Start(SettingsInput input, Accepted settings, List<Problem> problems) {}

  /**
   * @throws IOException if a file that the settings name cannot be used; its message names it
   */
  LiveSettings(Start start, Schema schema, LastGood lastGood) throws IOException {
    this.input = start.input;
    this.atStart = start.settings;
    this.inEffect = start.settings;
    this.problems = start.problems;
    this.schema = schema;
    this.lastGood = lastGood;
    this.options = LiveOptions.of(atStart, schema, null, problems);
    keep(inEffect);
  }

  /**
   * Returns the settings to start with: those of the file or, if it is invalid, the last valid
   * ones.
   *
   * @return empty if no valid settings are saved
   */
  static Optional<Start> start(SettingsInput input, Reading now) {
    var known =
        switch (now) {
          case Accepted accepted -> accepted.settings();
          case Reading.Refused refused -> refused.known();
        };
    var kept = StateFolder.settings(known.state().folder(), known.config());
    return switch (input.read(kept.orElse(null))) {
      case Accepted accepted -> Optional.of(new Start(input, accepted, List.of()));
      case Reading.Refused refused ->
          kept.map(input::of)
              .flatMap(last -> last instanceof Accepted good ? Optional.of(good) : Optional.empty())
              .map(last -> new Start(input, last, problems(refused)));
    };
  }

  /** Returns the settings that the daemon was started with. */
  Settings atStart() {
    return atStart.settings();
  }

  /** Returns the options in effect. */
  LiveOptions options() {
    return options;
  }

  /** Returns the settings in effect, for {@link #changesSince}. */
  Accepted inEffect() {
    return inEffect;
  }

  /** Returns the changes that took effect since then. */
  List<Reloaded.Change> changesSince(Accepted before) {
    return changes(before, inEffect, true);
  }

  /** Returns the problems of the settings file, including the keys that need a restart. */
  synchronized List<Problem> problems() {
    return problems;
  }

  /** Returns the changes that take effect after a restart. */
  List<Reloaded.Change> waiting() {
    return changes(atStart, inEffect, false);
  }

  /**
   * Rereads the settings file.
   *
   * @return the changes that took effect
   */
  synchronized List<Reloaded.Change> reread() {
    return switch (input.read(inEffect.text())) {
      case Accepted accepted -> take(accepted);
      case Reading.Refused refused -> {
        report(problems(refused));
        yield List.of();
      }
    };
  }

  private List<Reloaded.Change> take(Accepted accepted) {
    try {
      var restarts = restarts(accepted);
      options = LiveOptions.of(accepted, schema, options, restarts);
      problems = restarts;
    } catch (IOException e) {
      report(
          List.of(
              Problem.error(origin(accepted.value("bootstrap").place()), e.getMessage() + KEPT)));
      return List.of();
    }
    var changes = changes(inEffect, accepted, true);
    var before = inEffect;
    inEffect = accepted;
    changes.forEach(LiveSettings::tell);
    if (changes.stream().anyMatch(change -> change.key().equals("log.format"))) {
      Logging.start(RoomOptions.logFormat(accepted.settings()));
    }
    if (!text(before).equals(text(accepted))) {
      keep(accepted);
    }
    return changes;
  }

  private void report(List<Problem> wrong) {
    problems = wrong;
    options = options.with(wrong);
  }

  private static void tell(Reloaded.Change change) {
    log.atInfo()
        .addKeyValue("key", change.key())
        .addKeyValue("from", change.from())
        .addKeyValue("to", change.to())
        .log("changed a setting");
  }

  /** Saves the settings for a start with an invalid file. */
  private void keep(Accepted accepted) {
    try {
      lastGood.keepSettings(text(accepted));
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("could not keep the settings for the next start; trying again");
    }
  }

  private static String text(Accepted accepted) {
    return accepted.text() == null ? "" : accepted.text();
  }

  private List<Problem> restarts(Accepted accepted) {
    return changes(atStart, accepted, false).stream()
        .map(change ->
            Problem.warning(
                origin(accepted.value(change.key()).place()),
                "%s: %s takes effect after a restart (in effect: %s)"
                    .formatted(change.key(), change.to(), change.from())))
        .toList();
  }

  private static List<Reloaded.Change> changes(Accepted before, Accepted after, boolean live) {
    var changes = new ArrayList<Reloaded.Change>();
    var old = before.values().stream().collect(Collectors.toMap(Value::key, Value::text));
    for (var value : after.values()) {
      var from = old.getOrDefault(value.key(), "");
      if (LIVE.contains(value.key()) == live && !from.equals(value.text())) {
        changes.add(new Reloaded.Change(value.key(), from, value.text()));
      }
    }
    return changes;
  }

  private static List<Problem> problems(Reading.Refused refused) {
    return refused.faults().stream()
        .map(fault -> Problem.error(origin(fault.place()), fault.message() + KEPT))
        .toList();
  }

  /** Returns the location of a setting; a key that was removed has the location of the file. */
  static Origin origin(Place place) {
    return place.isInFile() || place.source().equals("default")
        ? new Origin(SettingsReader.FILE, place.line(), place.column())
        : Origin.of(place.source());
  }
}
