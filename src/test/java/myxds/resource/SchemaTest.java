package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

final class SchemaTest {
  private final Schema schema = Schema.ofApi();

  @Test
  void findsEveryMessageOfTheApi() throws Exception {
    var messages = new ArrayList<Descriptor>();
    for (var file : files()) {
      collect(file.getMessageTypes(), messages);
    }

    var missing =
        messages.stream()
            .map(Descriptor::getFullName)
            .filter(name -> name.startsWith("envoy.") || name.startsWith("xds."))
            .filter(name -> !name.matches(".*\\.v2(alpha\\d*)?\\..*"))
            .filter(name -> schema.message("type.googleapis.com/" + name).isEmpty())
            .toList();

    assertThat(messages).hasSizeGreaterThan(1600);
    assertThat(missing).isEmpty();
  }

  @Test
  void doesNotKnowTheApiThatNoEnvoyTakesAnyMore() {
    assertThat(schema.message("type.googleapis.com/envoy.api.v2.Cluster")).isEmpty();
    assertThat(schema.nearest("envoy.config.filter.network.tcp_proxy.v2.TcpProxy"))
        .hasValue("envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy");
  }

  @Test
  void ignoresFieldsThatANewerClientSends() throws Exception {
    var node = Node.newBuilder();

    schema.mergeLeniently("{\"id\":\"a\",\"user_agent_name\":\"envoy\",\"moon\":[1]}", node);

    assertThat(node.getId()).isEqualTo("a");
    assertThat(node.getUserAgentName()).isEqualTo("envoy");
  }

  private static void collect(List<Descriptor> types, List<Descriptor> into) {
    for (var type : types) {
      if (!type.getOptions().getMapEntry()) {
        into.add(type);
        collect(type.getNestedTypes(), into);
      }
    }
  }

  /** Every .proto file of the jar, found by the outer classes that the compiler wrote. */
  private static List<FileDescriptor> files() throws Exception {
    var jar =
        new File(Node.class.getProtectionDomain().getCodeSource().getLocation().toURI().getPath());
    var files = new ArrayList<FileDescriptor>();
    try (var content = new JarFile(jar)) {
      for (var entry : content.stream().toList()) {
        if (entry
            .getName()
            .matches("(io/envoyproxy/envoy|com/github/xds)/.*(Proto|OuterClass)\\.class")) {
          add(entry.getName().replace(".class", "").replace('/', '.'), files);
        }
      }
    }
    return files;
  }

  private static void add(String className, List<FileDescriptor> files)
      throws ReflectiveOperationException {
    // Five messages have a name that ends like an outer class's.
    if (Class.forName(className).getMethod("getDescriptor").invoke(null)
        instanceof FileDescriptor file) {
      files.add(file);
    }
  }
}
