package myxds.resource.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.pgv.validate.Validate;
import java.util.HashMap;
import java.util.Map;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;

/**
 * Descriptors that come from a file: the rules are in them as unknown fields, as generated messages
 * or as dynamic ones, by what they were read with.
 */
final class SuppliedSchemaTest {
  private static final Cluster WRONG =
      Cluster.newBuilder()
          .setConnectTimeout(Durations.ZERO)
          .setTransportSocket(
              TransportSocket.newBuilder()
                  .setTypedConfig(Any.pack(TcpProxy.newBuilder().setCluster("b").build())))
          .addHealthChecks(HealthCheck.getDefaultInstance())
          .build();

  private final Map<String, FileDescriptor> files =
      new HashMap<>(Map.of("google/protobuf/descriptor.proto", DescriptorProtos.getDescriptor()));

  @Test
  void readsRulesThatAreUnknownFields() throws Exception {
    var type = read(Cluster.getDescriptor(), ExtensionRegistry.getEmptyRegistry());

    assertThat(type.findFieldByName("name").getOptions().getUnknownFields().asMap())
        .containsKey(Validate.RULES_FIELD_NUMBER);
    findsTheSame(type);
  }

  @Test
  void readsRulesThatAreGeneratedMessages() throws Exception {
    var registry = ExtensionRegistry.newInstance();
    Validate.registerAllExtensions(registry);

    var type = read(Cluster.getDescriptor(), registry);

    assertThat(type.findFieldByName("name").getOptions().hasExtension(Validate.rules)).isTrue();
    findsTheSame(type);
  }

  @Test
  void readsRulesThatAreDynamicMessages() throws Exception {
    var registry = ExtensionRegistry.newInstance();
    var validate = read(Validate.getDescriptor(), ExtensionRegistry.getEmptyRegistry());
    for (var extension : validate.getExtensions()) {
      if (extension.getJavaType() == JavaType.MESSAGE) {
        registry.add(extension, DynamicMessage.getDefaultInstance(extension.getMessageType()));
      } else {
        registry.add(extension);
      }
    }

    var type = read(Cluster.getDescriptor(), registry);

    assertThat(type.findFieldByName("name").getOptions().getAllFields().values())
        .hasAtLeastOneElementOfType(DynamicMessage.class);
    findsTheSame(type);
  }

  private static void findsTheSame(Descriptor type) throws Exception {
    var rules = new FieldRules(Schema.ofApi());

    var found = rules.check(DynamicMessage.parseFrom(type, WRONG.toByteString()));

    assertThat(Ruled.told(found))
        .contains(
            "connect_timeout: connect_timeout: 0s (expected: more than 0s)",
            "transport_socket.typed_config.stat_prefix: stat_prefix: empty (expected: at least 1"
                + " character)")
        .isEqualTo(Ruled.told(rules.check(WRONG)));
  }

  /** The type as an operator's file of descriptors has it. */
  private Descriptor read(Descriptor type, ExtensionRegistry registry) throws Exception {
    return read(type.getFile(), registry).findMessageTypeByName(type.getName());
  }

  private FileDescriptor read(FileDescriptor file, ExtensionRegistry registry) throws Exception {
    var known = files.get(file.getFullName());
    if (known != null) {
      return known;
    }
    var dependencies = new FileDescriptor[file.getDependencies().size()];
    for (int i = 0; i < dependencies.length; i++) {
      dependencies[i] = read(file.getDependencies().get(i), registry);
    }
    var proto = FileDescriptorProto.parseFrom(file.toProto().toByteString(), registry);
    var read = FileDescriptor.buildFrom(proto, dependencies);
    files.put(file.getFullName(), read);
    return read;
  }
}
