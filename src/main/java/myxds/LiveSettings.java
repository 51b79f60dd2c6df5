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
 * The settings in effect. {@link #reread} takes over what {@code my-xds.yaml} says now, as far as
 * it can change while the daemon runs; a file with a fault changes nothing.
 */
final class LiveSettings {
  private static final Logger log = LoggerFactory.getLogger(LiveSettings.class);
  private static final String KEPT = "; the settings in effect stay";

  /** What takes effect at once; every other key needs a restart. */
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
   * @param problems why they are not those of the settings file; empty if they are
   */
  record Start(Accepted settings, List<Problem> problems) {}

  /**
   * @throws IOException if a file that the settings name cannot be used; its message names it
   */
  LiveSettings(SettingsInput input, Start start, Schema schema, LastGood lastGood)
      throws IOException {
    this.input = input;
    this.atStart = start.settings;
    this.inEffect = start.settings;
    this.problems = start.problems;
    this.schema = schema;
    this.lastGood = lastGood;
    this.options = LiveOptions.of(atStart, schema, null, problems);
    if (problems.isEmpty()) {
      keep(inEffect);
    }
  }

  /**
   * What to start with: the settings of the file or, if it has a fault, those that were in effect
   * last.
   *
   * @return empty if those are not known or do not help
   */
  static Optional<Start> start(SettingsInput input, Reading now) {
    var known =
        switch (now) {
          case Accepted accepted -> accepted.settings();
          case Reading.Refused refused -> refused.known();
        };
    var kept = StateFolder.settings(known.state().folder(), known.config());
    return switch (input.read(kept.orElse(null))) {
      case Accepted accepted -> Optional.of(new Start(accepted, List.of()));
      case Reading.Refused refused ->
          kept.map(input::of)
              .flatMap(last -> last instanceof Accepted good ? Optional.of(good) : Optional.empty())
              .map(last -> new Start(last, problems(refused)));
    };
  }

  /** Those that hold until the daemon ends, and the first of the others. */
  Settings atStart() {
    return atStart.settings();
  }

  /** What the rooms go by now. */
  LiveOptions options() {
    return options;
  }

  /** The settings in effect, to be compared with later ones. */
  Accepted inEffect() {
    return inEffect;
  }

  /** What took effect since then. */
  List<Reloaded.Change> changesSince(Accepted before) {
    return changes(before, inEffect, true);
  }

  /** What is wrong with the settings file, and which of its keys need a restart. */
  synchronized List<Problem> problems() {
    return problems;
  }

  /** The keys of the settings file whose values need a restart. */
  List<Reloaded.Change> waiting() {
    return changes(atStart, inEffect, false);
  }

  /**
   * Takes over what the settings file says now.
   *
   * @return what took effect
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

  /** For a start with a broken file. */
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

  /** A key that no longer stands in the file is a matter of the file as a whole. */
  static Origin origin(Place place) {
    return place.isInFile() || place.source().equals("default")
        ? new Origin(SettingsReader.FILE, place.line(), place.column())
        : Origin.of(place.source());
  }
}
