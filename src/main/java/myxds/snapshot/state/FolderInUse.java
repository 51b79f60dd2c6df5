package myxds.snapshot.state;

import java.io.IOException;

/**
 * Another process keeps its states in the folder; its message is a sentence without a full stop.
 */
public final class FolderInUse extends IOException {
  FolderInUse(String message) {
    super(message);
  }
}
