package myxds;

import myxds.resource.Documents;
import myxds.snapshot.Publisher;
import myxds.source.SourceObserver;

/**
 * Hands what the source holds to the publisher. The settings file is in the same directory: it is
 * read first, so that files and settings that were saved together take effect together.
 */
record Handover(Reloading reloading, Publisher publisher) implements SourceObserver {

  @Override
  public void changed(Documents documents) {
    reloading.rereadSettings();
    publisher.submit(documents);
  }

  @Override
  public void unavailable(String reason) {
    reloading.rereadSettings();
    publisher.unavailable(reason);
  }
}
