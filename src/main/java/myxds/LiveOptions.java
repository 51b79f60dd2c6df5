package myxds;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import myxds.fleet.OnNack;
import myxds.gate.Surroundings;
import myxds.resource.Problem;
import myxds.resource.Schema;
import myxds.settings.Reading.Accepted;
import myxds.settings.Settings;
import myxds.snapshot.GroupRules;
import myxds.snapshot.Publisher;
import org.jspecify.annotations.Nullable;

/**
 * The settings that can change while the daemon runs, in the terms of the rooms that use them;
 * replaced as a whole.
 *
 * @param unmatched the rules that match no node
 * @param set the settings that {@code checks} was made from
 */
record LiveOptions(
    GroupRules groups,
    List<Problem> unmatched,
    Map<String, OnNack> onNackOf,
    OnNack onNack,
    Surroundings surroundings,
    Settings.Checks set,
    Publisher.Checks checks) {

  LiveOptions {
    unmatched = List.copyOf(unmatched);
    onNackOf = Map.copyOf(onNackOf);
  }

  /**
   * Makes the options of these settings.
   *
   * @param before the options until now, whose checks stay in use if their settings are the same:
   *     the gate remembers what it judged
   * @param problems the problems of the settings file
   * @throws IOException if a file that the settings name cannot be used; its message names the file
   */
  static LiveOptions of(
      Accepted accepted, Schema schema, @Nullable LiveOptions before, List<Problem> problems)
      throws IOException {
    var settings = accepted.settings();
    var groups = RoomOptions.groups(accepted);
    // Compares all rules with each other; the settings are reread with each state.
    var unmatched =
        before != null && before.groups.equals(groups) ? before.unmatched : groups.unmatched();
    var surroundings = StateChecks.surroundings(settings, schema);
    var checks =
        before != null && before.isOf(settings.checks(), surroundings)
            ? before.checks
            : StateChecks.of(settings, schema);
    return new LiveOptions(
            groups,
            unmatched,
            onNackOf(settings),
            RoomOptions.onNack(settings.fleet().onNack()),
            surroundings,
            settings.checks(),
            checks)
        .with(problems);
  }

  private boolean isOf(Settings.Checks settings, Surroundings now) {
    return set.equals(settings) && surroundings.bootstrap().equals(now.bootstrap());
  }

  /** Returns the same options with these problems of the settings file. */
  LiveOptions with(List<Problem> problems) {
    var told =
        new Publisher.Checks(
            checks.gate(), checks.guard(), checks.opinion(), findings(groups, unmatched, problems));
    return new LiveOptions(groups, unmatched, onNackOf, onNack, surroundings, set, told);
  }

  /** Returns what a group does about a NACK. */
  OnNack onNack(String group) {
    return onNackOf.getOrDefault(group, onNack);
  }

  private static Function<Predicate<String>, List<Problem>> findings(
      GroupRules groups, List<Problem> unmatched, List<Problem> problems) {
    return hasFolder -> {
      var all = new ArrayList<>(problems);
      all.addAll(unmatched);
      all.addAll(groups.withoutFolder(hasFolder));
      all.sort(Comparator.comparing(Problem::origin));
      return all;
    };
  }

  private static Map<String, OnNack> onNackOf(Settings settings) {
    var byGroup = new HashMap<String, OnNack>();
    for (var group : settings.groups()) {
      if (group.onNack() != null) {
        byGroup.putIfAbsent(group.name(), RoomOptions.onNack(group.onNack()));
      }
    }
    return byGroup;
  }
}
