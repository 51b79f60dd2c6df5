package myxds;

import myxds.resource.Documents;
import myxds.snapshot.Publisher;
import myxds.source.SourceObserver;

/** Hands what the source holds to the publisher. */
record Handover(Publisher publisher) implements SourceObserver {

  @Override
  public void changed(Documents documents) {
    publisher.submit(documents);
  }

  @Override
  public void unavailable(String reason) {
    publisher.unavailable(reason);
  }
}
