package myxds.resource.rules;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** Every message type of the api jar. */
final class ApiTypes {
  private static final String OUTER_CLASSES =
      "(io/envoyproxy/envoy|com/github/xds|com/github/udpa)/.*(Proto|OuterClass)\\.class";

  private ApiTypes() {}

  static List<Descriptor> all() throws Exception {
    var jar =
        new File(Node.class.getProtectionDomain().getCodeSource().getLocation().toURI().getPath());
    var types = new ArrayList<Descriptor>();
    try (var content = new JarFile(jar)) {
      for (var entry : content.stream().toList()) {
        if (entry.getName().matches(OUTER_CLASSES)) {
          add(entry.getName().replace(".class", "").replace('/', '.'), types);
        }
      }
    }
    return types;
  }

  private static void add(String className, List<Descriptor> types)
      throws ReflectiveOperationException {
    // Five messages have a name that ends like an outer class's.
    if (Class.forName(className).getMethod("getDescriptor").invoke(null)
        instanceof FileDescriptor file) {
      collect(file.getMessageTypes(), types);
    }
  }

  private static void collect(List<Descriptor> types, List<Descriptor> into) {
    for (var type : types) {
      if (!type.getOptions().getMapEntry()) {
        into.add(type);
        collect(type.getNestedTypes(), into);
      }
    }
  }
}
