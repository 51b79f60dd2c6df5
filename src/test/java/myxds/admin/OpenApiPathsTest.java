package myxds.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description names each path of the API, and no other. */
final class OpenApiPathsTest {
  @Test
  void describesWhatIsThere() throws Exception {
    try (var asking = new Asking()) {
      var answer = asking.get("/api/v1/openapi.json");
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");

      var described = described(asking.json("/api/v1/openapi.json").getAsJsonObject("paths"));

      assertThat(described).isEqualTo(served(asking.routes()));
    }
  }

  /** But for the page's files. */
  private static Set<String> served(Routes routes) {
    var page = PageFiles.all().keySet();
    return routes.names().stream()
        .filter(name -> !page.contains(name.substring(name.indexOf('/'))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> described(JsonObject paths) {
    return paths.entrySet().stream()
        .flatMap(path ->
            path.getValue().getAsJsonObject().keySet().stream()
                .map(method ->
                    method.toUpperCase(Locale.ROOT)
                        + " "
                        + path.getKey().replaceAll("\\{\\w+}", "*")))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
