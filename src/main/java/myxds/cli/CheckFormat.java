package myxds.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.stream.Collectors;
import myxds.resource.Problem;
import myxds.resource.ProblemJson;

/** How the problems that a check found are written. */
enum CheckFormat {
  TEXT {
    @Override
    String write(CheckReport.Checked report, Paths paths) {
      return report.problems().stream()
          .map(problem -> paths.place(problem) + ": " + said(problem) + "\n")
          .collect(Collectors.joining());
    }

    private String said(Problem problem) {
      var message = problem.message().replaceAll("\\s*\\R\\s*", " ");
      return problem.severity().word() + ": " + Lines.printable(message);
    }
  },
  JSON {
    @Override
    String write(CheckReport.Checked report, Paths paths) {
      return GSON.toJson(ProblemJson.all(report.problems())) + "\n";
    }
  },
  SARIF {
    @Override
    String write(CheckReport.Checked report, Paths paths) {
      return GSON.toJson(Sarif.log(report.problems(), paths)) + "\n";
    }
  },
  GITHUB {
    @Override
    String write(CheckReport.Checked report, Paths paths) {
      return report.problems().stream()
          .map(problem -> GithubAnnotation.of(problem, paths) + "\n")
          .collect(Collectors.joining());
    }
  };

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create();

  /** All problems, for standard output. */
  abstract String write(CheckReport.Checked report, Paths paths);
}
