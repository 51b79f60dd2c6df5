package myxds;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
 * What the rooms take from the settings while the daemon runs, in their own words; replaced as a
 * whole.
 *
 * @param set the settings of the checks, which the checks were made of
 */
record LiveOptions(
    GroupRules groups,
    Map<String, OnNack> onNackOf,
    OnNack onNack,
    Surroundings surroundings,
    Settings.Checks set,
    Publisher.Checks checks) {

  LiveOptions {
    onNackOf = Map.copyOf(onNackOf);
  }

  /**
   * @param before whose gate is used on if its settings are the same: it remembers what it read
   * @param problems of the settings file
   * @throws IOException if a file that the settings name cannot be used; its message is a sentence
   */
  static LiveOptions of(
      Accepted accepted, Schema schema, @Nullable LiveOptions before, List<Problem> problems)
      throws IOException {
    var settings = accepted.settings();
    var groups = RoomOptions.groups(accepted);
    var surroundings = StateChecks.surroundings(settings, schema);
    var checks =
        before != null && before.isOf(settings.checks(), surroundings)
            ? before.checks
            : StateChecks.of(settings, schema);
    return new LiveOptions(
        groups,
        onNackOf(settings),
        RoomOptions.onNack(settings.fleet().onNack()),
        surroundings,
        settings.checks(),
        with(checks, findings(groups, problems)));
  }

  private boolean isOf(Settings.Checks settings, Surroundings now) {
    return set.equals(settings) && surroundings.bootstrap().equals(now.bootstrap());
  }

  /** The same, with these problems of the settings file. */
  LiveOptions with(List<Problem> problems) {
    return new LiveOptions(
        groups, onNackOf, onNack, surroundings, set, with(checks, findings(groups, problems)));
  }

  /** What a group does about a refusal. */
  OnNack onNack(String group) {
    return onNackOf.getOrDefault(group, onNack);
  }

  private static Publisher.Checks with(
      Publisher.Checks checks, Function<Set<String>, List<Problem>> settings) {
    return new Publisher.Checks(checks.gate(), checks.guard(), checks.opinion(), settings);
  }

  private static Function<Set<String>, List<Problem>> findings(
      GroupRules groups, List<Problem> problems) {
    return folders -> {
      var all = new ArrayList<>(problems);
      all.addAll(groups.findings(folders));
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
