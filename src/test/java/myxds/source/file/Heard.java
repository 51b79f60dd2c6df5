package myxds.source.file;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.source.SourceObserver;

/** What a source told, in order. */
final class Heard implements SourceObserver {
  private final List<Documents> states = new CopyOnWriteArrayList<>();
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private volatile boolean throwing;
  private volatile Thread teller = Thread.currentThread();

  @Override
  public void changed(Documents documents) {
    teller = Thread.currentThread();
    states.add(documents);
    if (throwing) {
      throwing = false;
      throw new IllegalStateException("an observer's own fault");
    }
  }

  @Override
  public void unavailable(String reason) {
    reasons.add(reason);
  }

  void throwNext() {
    throwing = true;
  }

  int count() {
    return states.size();
  }

  Documents last() {
    return states.getLast();
  }

  /** The thread of the newest call. */
  Thread teller() {
    return teller;
  }

  /** The newest state: text by path; empty as long as none was told. */
  Map<String, String> texts() {
    return states.isEmpty()
        ? Map.of()
        : last().documents().stream().collect(Collectors.toMap(Document::path, Document::text));
  }

  List<String> reasons() {
    return reasons;
  }
}
