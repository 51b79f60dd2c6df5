package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArticleResourcesTest {
  private final ArticleResources resources = new ArticleResources(8080, 80);

  @Test
  void sendsHelloToTheService() {
    var cluster =
        """
        {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
         "name": "service_bbc", "type": "STRICT_DNS", "connect_timeout": "2s",
         "load_assignment": {"cluster_name": "service_bbc", "endpoints": [{"lb_endpoints": [
           {"endpoint": {"address": {"socket_address":
             {"address": "127.0.0.1", "port_value": 8080}}}}]}]}}
        """;

    assertThat(YamlTree.of(DemoFolder.yaml(resources.cluster())))
        .isEqualTo(JsonParser.parseString(cluster));
  }

  @Test
  void areWhatTheTreeHasForThePort80() throws IOException {
    var node1 = Path.of("config", "node1");

    assertThat(node1.resolve("cluster.yaml")).hasContent(DemoFolder.yaml(resources.cluster()));
    assertThat(node1.resolve("listener.yaml")).hasContent(DemoFolder.yaml(resources.listener()));
    assertThat(Files.readString(node1.resolve("listener.yaml")))
        .contains("name: listener_0", "address: 0.0.0.0", "port_value: 80", "prefix: /hello")
        .contains("cluster: service_bbc", "name: local_route", "- \"*\"");
  }
}
