package myxds.cli;

import com.google.protobuf.Message;
import java.io.PrintWriter;
import java.time.Instant;
import myxds.resource.ResourceType;
import myxds.resource.Schema;

/** Prints responses until there are enough of them, or nobody reads any more. */
final class WatchOutput {
  private final Schema schema = Schema.ofApi();
  private final ResourceType type;
  private final Output output;
  private final PrintWriter out;
  private long left;

  WatchOutput(ResourceType type, Output output, PrintWriter out, long count) {
    this.type = type;
    this.output = output;
    this.out = out;
    this.left = count;
  }

  void print(Message response) {
    var answer = Answer.of(response, schema);
    out.print(
        switch (output) {
          case TABLE -> new AnswerText(answer).at(Instant.now());
          case JSON -> new AnswerJson(type, schema).line(answer);
        });
    left--;
    // A writer around standard output does not hear of its trouble: the reader of a pipe went.
    if (out.checkError() || System.out.checkError()) {
      left = 0;
    }
  }

  boolean isEnough() {
    return left == 0;
  }
}
