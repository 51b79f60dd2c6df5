package myxds.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.CheckSettings;
import io.envoyproxy.envoy.extensions.filters.network.dubbo_proxy.v3.MethodMatch;
import io.envoyproxy.envoy.extensions.wasm.v3.EnvironmentVariables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import myxds.ProtoFiles;
import myxds.resource.Document;
import myxds.resource.ResourceParser;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator's schema makes of content that the api jar knows too is the same. */
final class ContentBytesTest {
  private static final String RESOURCES =
      """
      resources:
      - "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: c
        connect_timeout: 0.25s
        metadata:
          filter_metadata:
            z: {n: null, list: [1, x, {b: 1, a: {}}], e: ""}
            a: {}
        typed_extension_protocol_options:
          z:
            "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
            explicit_http_config: {http2_protocol_options: {}}
          a: {"@type": type.googleapis.com/google.protobuf.Struct, value: {y: 1, x: 2}}
        load_assignment:
          cluster_name: c
          named_endpoints: {z: {}, a: {health_check_config: {port_value: 7}}}
      - "@type": type.googleapis.com/envoy.service.runtime.v3.Runtime
        name: r
        layer: {z: {b: 1, a: 2}, a: [true, false], "": 0}
      - "@type": type.googleapis.com/envoy.config.route.v3.VirtualHost
        name: route/host
        domains: [a.example, b.example]
        routes:
        - name: r
          match: {prefix: /}
          direct_response: {status: 200}
          typed_per_filter_config:
            z:
              "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute
              check_settings: {context_extensions: {z: "", "": x, a: b}}
            a: {"@type": type.googleapis.com/envoy.config.route.v3.FilterConfig, disabled: true}
      - "@type": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment
        cluster_name: c
        endpoints: [{lb_endpoints: [], priority: 1}]
      """;

  @Test
  void hasTheVersionsOfTheApi() throws Exception {
    var own = Schema.of(ProtoFiles.of(everything()).bytes());

    var snapshot = snapshot(own);

    assertThat(snapshot.types().values())
        .flatExtracting(TypeView::all)
        .allSatisfy(one -> assertThat(one.resource().message()).isInstanceOf(DynamicMessage.class));
    assertThat(versions(snapshot)).isEqualTo(versions(snapshot(Schema.ofApi())));
    assertThat(snapshot.version()).isEqualTo(snapshot(Schema.ofApi()).version());
  }

  @Test
  void showsTheLibraryMessagesOfItsOwnClasses() throws Exception {
    var own = snapshot(Schema.of(ProtoFiles.of(everything()).bytes()));
    var api = snapshot(Schema.ofApi());

    assertThat(own.clusters().resources()).isEqualTo(api.clusters().resources());
    assertThat(own.endpoints().resources()).isEqualTo(api.endpoints().resources());
  }

  @Test
  void knowsAVirtualHostByItsDomains() throws Exception {
    var own = snapshot(Schema.of(ProtoFiles.of(everything()).bytes()));

    assertThat(own.types().values())
        .flatExtracting(TypeView::all)
        .filteredOn(one -> one.name().equals("route/host"))
        .flatExtracting(Versioned::aliases)
        .containsExactly("route/a.example", "route/b.example");
  }

  /** Keys in the wrong order, keys and values that are defaults. */
  @ParameterizedTest
  @MethodSource("messagesWithMaps")
  void writesAMapAsAGeneratedClassDoes(Message prototype) throws Exception {
    var type = prototype.getDescriptorForType();
    var filled = DynamicMessage.newBuilder(type);
    for (var field : type.getFields()) {
      if (field.isMapField()) {
        entries(field).forEach(entry -> filled.addRepeatedField(field, entry));
      }
    }
    var dynamic = filled.build();

    var generated = prototype.getParserForType().parseFrom(dynamic.toByteString());

    assertThat(ContentBytes.of(dynamic)).isEqualTo(ContentBytes.of(generated));
  }

  @Test
  void writesMapsOfEveryKindInOneOrder() throws Exception {
    var type = ofEveryKind();
    var filled = DynamicMessage.newBuilder(type);
    var turned = DynamicMessage.newBuilder(type);
    for (var field : type.getFields()) {
      var entries = entries(field);
      entries.forEach(entry -> filled.addRepeatedField(field, entry));
      entries.reversed().forEach(entry -> turned.addRepeatedField(field, entry));
    }

    var bytes = ContentBytes.of(filled.build());

    assertThat(bytes).isEqualTo(ContentBytes.of(turned.build()));
    assertThat(DynamicMessage.parseFrom(type, bytes).getAllFields())
        .hasSize(type.getFields().size());
  }

  static Stream<Message> messagesWithMaps() {
    var types = new LinkedHashMap<String, Descriptor>();
    for (var root : everything()) {
      collect(root.getFile(), types);
    }
    var schema = Schema.ofApi();
    return types.values().stream()
        .filter(type -> type.getFields().stream().anyMatch(FieldDescriptor::isMapField))
        .flatMap(type -> schema.message(type.getFullName()).stream());
  }

  private static Descriptor[] everything() {
    return new Descriptor[] {
      Bootstrap.getDescriptor(),
      CheckSettings.getDescriptor(),
      MethodMatch.getDescriptor(),
      EnvironmentVariables.getDescriptor(),
      Struct.getDescriptor(),
      io.envoyproxy.envoy.service.runtime.v3.Runtime.getDescriptor(),
      io.envoyproxy.envoy.config.route.v3.VirtualHost.getDescriptor(),
    };
  }

  private static void collect(FileDescriptor file, Map<String, Descriptor> into) {
    file.getDependencies().forEach(imported -> collect(imported, into));
    collect(file.getMessageTypes(), into);
  }

  private static void collect(List<Descriptor> types, Map<String, Descriptor> into) {
    for (var type : types) {
      into.put(type.getFullName(), type);
      collect(type.getNestedTypes(), into);
    }
  }

  /** A message with a map of each kind of key, and of each kind of value. */
  private static Descriptor ofEveryKind() throws Exception {
    var message = DescriptorProto.newBuilder().setName("Maps");
    for (var type : FieldDescriptorProto.Type.values()) {
      if (type != FieldDescriptorProto.Type.TYPE_GROUP
          && type != FieldDescriptorProto.Type.TYPE_ENUM) {
        add(message, FieldDescriptorProto.Type.TYPE_STRING, type);
      }
    }
    for (var type :
        List.of(
            FieldDescriptorProto.Type.TYPE_BOOL,
            FieldDescriptorProto.Type.TYPE_INT32,
            FieldDescriptorProto.Type.TYPE_UINT64,
            FieldDescriptorProto.Type.TYPE_SINT64)) {
      add(message, type, FieldDescriptorProto.Type.TYPE_STRING);
    }
    var files = ProtoFiles.of();
    files.file("maps.proto").addMessageType(message);
    return Schema.of(files.bytes()).message("Maps").orElseThrow().getDescriptorForType();
  }

  private static void add(
      DescriptorProto.Builder message,
      FieldDescriptorProto.Type key,
      FieldDescriptorProto.Type value) {
    int number = message.getFieldCount() + 1;
    var content = ProtoFiles.field("value", 2, value);
    message
        .addNestedType(
            DescriptorProto.newBuilder()
                .setName("F" + number + "Entry")
                .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                .addField(ProtoFiles.field("key", 1, key))
                .addField(
                    value == FieldDescriptorProto.Type.TYPE_MESSAGE
                        ? content.setTypeName(".Maps")
                        : content))
        .addField(
            ProtoFiles.field("f" + number, number, ".Maps.F" + number + "Entry")
                .setLabel(Label.LABEL_REPEATED));
  }

  private static List<DynamicMessage> entries(FieldDescriptor field) {
    var type = field.getMessageType();
    var entries = new ArrayList<DynamicMessage>();
    for (var key : keys(type.findFieldByNumber(1))) {
      entries.add(
          DynamicMessage.newBuilder(type)
              .setField(type.findFieldByNumber(1), key)
              .setField(type.findFieldByNumber(2), value(type.findFieldByNumber(2), entries.size()))
              .build());
    }
    return entries;
  }

  private static List<?> keys(FieldDescriptor key) {
    return switch (key.getJavaType()) {
      case STRING -> List.of("b", "a", "", "\uD83D\uDE00", "\uFFFD", "ab", "B");
      case INT -> List.of(3, -1, 0, 200);
      case LONG -> List.of(3L, -1L, 0L, 200L);
      case BOOLEAN -> List.of(true, false);
      case FLOAT, DOUBLE, BYTE_STRING, ENUM, MESSAGE -> throw new AssertionError(key);
    };
  }

  /** Every second one is the default. */
  private static Object value(FieldDescriptor field, int index) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      return DynamicMessage.getDefaultInstance(field.getMessageType());
    }
    return index % 2 == 0 ? field.getDefaultValue() : some(field);
  }

  private static Object some(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> "x";
      case INT -> 7;
      case LONG -> -7L;
      case BOOLEAN -> true;
      case FLOAT -> 0.5f;
      case DOUBLE -> -0.5;
      case BYTE_STRING -> ByteString.copyFromUtf8("x");
      case ENUM -> field.getEnumType().getValues().getLast();
      case MESSAGE -> throw new AssertionError(field);
    };
  }

  private static Map<String, String> versions(GroupSnapshot snapshot) {
    var versions = new LinkedHashMap<String, String>();
    snapshot
        .types()
        .forEach((type, view) ->
            view.all().forEach(one -> versions.put(type + " " + one.name(), one.version())));
    return versions;
  }

  private static GroupSnapshot snapshot(Schema schema) {
    var parsed = new ResourceParser(schema).parse(new Document("g/a.yaml", RESOURCES));
    assertThat(parsed.problems()).isEmpty();
    return GroupSnapshot.of(parsed.resources());
  }
}
