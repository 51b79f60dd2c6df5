package myxds.feature;

import java.io.IOException;
import java.nio.file.Path;
import myxds.TestDaemon;

/** A daemon with the groups g1 and g2, whose settings give g1 to the nodes {@code n*}. */
record TwoGroups(Folder config, TestDaemon daemon) {

  static TwoGroups start(Path folder) throws IOException {
    var config = new Folder(folder.resolve("config"));
    config.settings(rule("g1"));
    config.write("g1/a.yaml", Folder.clusters("one"));
    config.write("g2/a.yaml", Folder.clusters("two"));
    return new TwoGroups(config, TestDaemon.ready(config.path()));
  }

  /** Returns settings that give the nodes {@code n*} this group. */
  static String rule(String group) {
    return "groups:\n- name: %s\n  match: {id: \"n*\"}\n".formatted(group);
  }
}
