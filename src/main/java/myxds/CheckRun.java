package myxds;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import myxds.cli.CheckReport;
import myxds.cli.Checking;
import myxds.gate.Judgement;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.resource.Schema;
import myxds.settings.Reading;
import myxds.settings.Reading.Accepted;
import myxds.settings.Settings;
import myxds.settings.SettingsReader;
import myxds.snapshot.GroupSnapshot;
import myxds.source.file.FileSource;

/** Judges a directory as the daemon would, with the daemon's own settings. */
final class CheckRun implements Checking {
  private final Map<String, String> environment;

  CheckRun(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public CheckReport check(Map<String, String> flags) {
    return switch (SettingsReader.read(flags, environment)) {
      case Reading.Refused refused -> new CheckReport.NotChecked(refused.messages());
      case Reading.Accepted accepted -> checked(accepted);
    };
  }

  private static CheckReport checked(Accepted accepted) {
    var settings = accepted.settings();
    try {
      var schema = SchemaFile.read(settings.schema());
      var documents = FileSource.read(settings.config());
      var judgement = StateChecks.gate(settings, schema).judge(documents);
      var problems = new ArrayList<>(judgement.problems());
      problems.addAll(
          RoomOptions.groups(accepted).findings(group -> judgement.groups().containsKey(group)));
      problems.addAll(opinions(settings, schema, judgement));
      problems.sort(Comparator.comparing(Problem::origin));
      return report(documents, judgement, problems);
    } catch (IOException e) {
      return new CheckReport.NotChecked(List.of(String.valueOf(e.getMessage())));
    }
  }

  /** What is wrong already need not be asked about. */
  private static List<Problem> opinions(Settings settings, Schema schema, Judgement judgement)
      throws IOException {
    var opinion = StateChecks.opinion(settings, schema);
    return judgement.groups().values().stream()
        .filter(candidate -> candidate.isSound())
        .flatMap(candidate ->
            opinion.of(candidate, GroupSnapshot.of(candidate.resources()).version()).stream())
        .toList();
  }

  private static CheckReport report(
      Documents documents, Judgement judgement, List<Problem> problems) {
    int resources =
        judgement.groups().values().stream()
            .mapToInt(candidate -> candidate.resources().size())
            .sum();
    return new CheckReport.Checked(
        problems, documents.documents().size(), judgement.groups().size(), resources);
  }
}
