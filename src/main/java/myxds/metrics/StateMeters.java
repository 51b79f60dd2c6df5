package myxds.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.resource.Problem;
import myxds.resource.Problem.Severity;
import myxds.snapshot.GroupState;
import myxds.snapshot.GroupState.Standing;
import myxds.snapshot.PublishedState;

/** Meters of what is and not of what happens: read from the newest state when somebody asks. */
final class StateMeters {
  private static final List<String> STATES =
      Stream.concat(Arrays.stream(Standing.values()).map(Standing::word), Stream.of("rolled_back"))
          .toList();

  private final Metrics.Facts facts;
  private final CertificateMeter certificates;

  /** Written by the publisher, read by whoever asks. */
  private volatile PublishedState state = PublishedState.NOTHING;

  StateMeters(Metrics.Facts facts) {
    this.facts = facts;
    this.certificates = new CertificateMeter(facts.expiry());
  }

  void settled(PublishedState settled) {
    state = settled;
  }

  /** The groups that are served. */
  Set<String> served() {
    return state.groups().values().stream()
        .filter(group -> group.served() != null)
        .map(GroupState::name)
        .collect(Collectors.toSet());
  }

  void register(PrometheusRegistry registry) {
    var gauges = new Gauges(registry);
    gauges.add("myxds_ready", "1 when the daemon is ready to serve.", this::ready);
    gauges.add(
        "myxds_source_readable", "1 when the configuration can be read, 0 when not.", this::source);
    gauges.add("myxds_problems", "Problems of the newest state.", this::problems, "severity");
    gauges.add(
        "myxds_states_waiting",
        "States of the configuration that wait to be judged: 0 or 1.",
        meter -> meter.call(facts.statesWaiting().getAsInt()));
    gauges.add(
        "myxds_outbound_waiting_bytes",
        "Bytes that wait for clients to read, over all streams.",
        meter -> meter.call((double) facts.outboundBytes().getAsLong()));
    gauges.add(
        "myxds_outbound_limit_bytes",
        "How many bytes may wait for clients to read.",
        meter -> meter.call((double) facts.outboundLimit()));
    registerGroups(gauges);
  }

  private void registerGroups(Gauges gauges) {
    gauges.add(
        "myxds_group_state", "1 for the state that a group is in.", this::groups, "group", "state");
    gauges.add(
        "myxds_published_info",
        "The version that a group is served.",
        this::published,
        "group",
        "version");
    gauges.add(
        "myxds_resources", "Resources that a group is served.", this::resources, "group", "type");
    gauges.add(
        "myxds_certificate_expiry_timestamp_seconds",
        "When the first certificate in a group's resources ends.",
        meter -> certificates.tell(state.groups().values(), meter),
        "group");
  }

  private void ready(GaugeWithCallback.Callback meter) {
    meter.call(state.ready() && facts.accepting().getAsBoolean() ? 1 : 0);
  }

  private void source(GaugeWithCallback.Callback meter) {
    meter.call(state.trouble() == null ? 1 : 0);
  }

  private void groups(GaugeWithCallback.Callback meter) {
    for (var group : state.groups().values()) {
      var is = word(group);
      for (var state : STATES) {
        meter.call(state.equals(is) ? 1 : 0, group.name(), state);
      }
    }
  }

  /** Returns the group's state; a rollback and an objection of the guard are two. */
  private static String word(GroupState group) {
    return group.held() == null ? group.standing().word() : group.held().cause().word();
  }

  private void published(GaugeWithCallback.Callback meter) {
    for (var group : state.groups().values()) {
      if (group.served() != null) {
        meter.call(1, group.name(), group.served().version());
      }
    }
  }

  private void resources(GaugeWithCallback.Callback meter) {
    for (var group : state.groups().values()) {
      if (group.served() != null) {
        group
            .served()
            .types()
            .forEach(
                (type, resources) -> meter.call(resources.size(), group.name(), type.plural()));
      }
    }
  }

  private void problems(GaugeWithCallback.Callback meter) {
    var problems = state.allProblems();
    int errors = (int) problems.stream().filter(Problem::isError).count();
    meter.call(errors, Severity.ERROR.word());
    meter.call(problems.size() - errors, Severity.WARNING.word());
  }
}
