package myxds.gate;

/**
 * The requests that a bootstrap itself makes: runtime layers, endpoints of static clusters, secrets
 * and the like.
 *
 * @param document the bootstrap's text, with what it asks for as its only member
 * @param hasAds whether it has an {@code ads_config}
 * @param group the group of the bootstrap's node
 */
record Requests(CheckedDocument document, boolean hasAds, String group) {

  Member member() {
    return document.members().getFirst();
  }
}
