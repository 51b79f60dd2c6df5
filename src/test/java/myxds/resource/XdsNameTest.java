package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class XdsNameTest {

  @ParameterizedTest
  @CsvSource({
    "xdstp://a/t/x?b=2&a=1, xdstp://a/t/x?a=1&b=2",
    "xdstp://a/t/x?a-b=2&a=1, xdstp://a/t/x?a=1&a-b=2",
    "xdstp://a/t/x?a=2&a=1, xdstp://a/t/x?a=1&a=2",
    "xdstp://a/t/x?&b=2&&a=1&, xdstp://a/t/x?a=1&b=2",
    "xdstp://a/t/x?a, xdstp://a/t/x?a=",
    "xdstp://a/t/x?, xdstp://a/t/x",
    "xdstp://a/t/%41%2d%7E, xdstp://a/t/A-~",
    "xdstp://a/t/x%3a80, xdstp://a/t/x:80",
    "xdstp://a/t/x%2Fy, xdstp://a/t/x/y",
    "xdstp://a/t/x%c3%a9, xdstp://a/t/x%C3%A9",
    "xdstp://a/t/xé, xdstp://a/t/x%C3%A9",
    "xdstp://a/t/x y, xdstp://a/t/x%20y",
    "xdstp://a/t/x%3fb=1, xdstp://a/t/x%3Fb=1",
    "xdstp://a/t/x%2a, xdstp://a/t/x%2A",
    "xdstp://a/t/x?k%26=%3d%2F, xdstp://a/t/x?k%26=%3D/",
    "xdstp://a/t/x?k=a=b, xdstp://a/t/x?k=a%3Db",
    "xdstp://a%2fb/t/x, xdstp://a%2Fb/t/x",
    "xdstp:///t/x?b&a, xdstp:///t/x?a=&b=",
    "xdstp://a/t/x?b=2&a=1#entry=x?z&y, xdstp://a/t/x?a=1&b=2#entry=x?z&y",
    "xdstp://a/t/%, xdstp://a/t/%25",
    "xdstp://a/t/%%341, xdstp://a/t/%2541",
    "xdstp://a/t/%zz, xdstp://a/t/%25zz",
    "xdstp://a?b=2&a=/, xdstp://a?a=/&b=2",
    "xdstp://?, xdstp://",
  })
  void spellsANameInOneWay(String name, String expected) {
    assertThat(XdsName.canonical(name)).isEqualTo(expected);
    assertThat(XdsName.canonical(expected)).isSameAs(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "service_bbc",
        "a?c=2&b=1",
        "grpc/server?xds.resource.listening_address=0.0.0.0%3a50051",
        "xdstp:a/t/x?b&a",
        "XDSTP://a/t/x?b&a",
        "xdstp://",
        "xdstp://authority/envoy.config.listener.v3.Listener/a/b:80?k=v&l=w",
        "xdstp://a/t/*?k=v"
      })
  void leavesANameThatIsSpelledSoAlone(String name) {
    assertThat(XdsName.canonical(name)).isSameAs(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xdstp://a/t/*", "xdstp:///t/*", "xdstp://a/t/x/*", "xdstp://a/t/*?k=*"})
  void knowsAGlob(String name) {
    assertThat(XdsName.isGlob(name)).isTrue();
    assertThat(XdsName.globMatches(name, name.replace("/*", "/x/y"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "a/t/*",
        "xdstp://",
        "xdstp://*",
        "xdstp:///*",
        "xdstp://a/*",
        "xdstp://a//*",
        "xdstp://a?/t/*",
        "xdstp://a/t/x",
        "xdstp://a/t/x*",
        "xdstp://a/t/%2A",
        "xdstp://a/t/*/x",
        "xdstp://a/t/x?k=/*",
        "xdstp://a/t/*#entry=x"
      })
  void takesNothingElseForAGlob(String name) {
    assertThat(XdsName.isGlob(name)).isFalse();
    assertThat(XdsName.globMatches(name, name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "xdstp://a/t/*, xdstp://a/t/x, true",
    "xdstp://a/t/*, xdstp://a/t/x/y, true",
    "xdstp://a/t/x/*, xdstp://a/t/x/y, true",
    "xdstp://a/t/*?k=v, xdstp://a/t/x?k=v, true",
    "xdstp://a/t/x/*, xdstp://a/t/x/, false",
    "xdstp://a/t/x/*, xdstp://a/t/x, false",
    "xdstp://a/t/x/*, xdstp://a/t/xy, false",
    "xdstp://a/t/*, xdstp://b/t/x, false",
    "xdstp://a/t/*, xdstp://a/u/x, false",
    "xdstp://a/t/*, xdstp://a/t/x?k=v, false",
    "xdstp://a/t/*?k=v, xdstp://a/t/x, false",
    "xdstp://a/t/*?k=v, xdstp://a/t/x?k=w, false",
    "xdstp://a/t/*?k=v, xdstp://a/t/x?k=v&l=w, false",
    "xdstp://a/t/*?k=v, xdstp://a/t/?k=v, false",
    "xdstp://a/t/*, xdstp://a/t/x#entry=y, false",
    "xdstp://a/t/*, x, false",
  })
  void matchesWhatLiesInTheFolderOfAGlob(String glob, String name, boolean expected) {
    assertThat(XdsName.globMatches(glob, name)).isEqualTo(expected);
  }

  @Test
  void survivesWhateverAClientSends() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var pieces =
        List.of(
            "/", "?", "#", "&", "=", "%", "*", ":", "4", "1", "a", "é", "\ud800", "\0", "%2", "%2f",
            "%41", "%25");

    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder("xdstp://");
      random.ints(random.nextInt(12), 0, pieces.size()).forEach(p -> text.append(pieces.get(p)));
      var name = text.toString();
      var canonical = XdsName.canonical(name);
      assertThat(XdsName.canonical(canonical)).as("%s, seed %d", name, seed).isSameAs(canonical);
      assertThat(XdsName.globMatches(canonical, name) && !XdsName.isGlob(canonical)).isFalse();
    }
  }
}
