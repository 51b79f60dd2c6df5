package myxds.admin;

import java.io.IOException;
import myxds.resource.ProblemJson;
import myxds.source.file.FolderFiles;

/** What is wrong with the files of a request; good or bad, it is an answer. */
final class CheckAnswer {
  private final AdminServer.Proposing proposing;

  CheckAnswer(AdminServer.Proposing proposing) {
    this.proposing = proposing;
  }

  Reply to(byte[] body) {
    try {
      return Reply.json(ProblemJson.all(proposing.check(FolderFiles.of(Upload.files(body)))));
    } catch (IOException e) {
      return Reply.problem(400, "Bad Request", String.valueOf(e.getMessage()));
    }
  }
}
