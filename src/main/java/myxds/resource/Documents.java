package myxds.resource;

import java.util.List;

/**
 * Everything that a source holds at one moment: always the whole state, so that a lost event cannot
 * matter.
 *
 * @param documents sorted by path
 * @param unreadable what could not be read; each problem's file names the group that it stops
 */
public record Documents(List<Document> documents, List<Problem> unreadable) {

  public Documents {
    documents = List.copyOf(documents);
    unreadable = List.copyOf(unreadable);
  }
}
