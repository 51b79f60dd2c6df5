package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import myxds.ProtoFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema that an operator gave. */
final class OwnSchemaTest {
  private static final String URL = "type.googleapis.com/";
  private static final String ROUTE =
      """
      "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
      name: route
      virtual_hosts:
      - name: all
        domains: ["*"]
        routes:
        - match: {prefix: /}
          direct_response: {status: 200, body_format: {text_format_source: {inline_string: hi}}}
      """;
  private static final String MINE =
      """
      "@type": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig
      name: mine
      typed_config:
        "@type": type.googleapis.com/mine.v1.Filter
        greeting: hello
        nested: {"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: c}
      """;

  @Test
  void takesAFieldThatTheApiDoesNotHave() throws Exception {
    var old = parse(ROUTE, Schema.ofApi());
    var parsed = parse(ROUTE, Schema.of(ProtoFiles.newer().bytes()));

    assertThat(old.problems())
        .singleElement()
        .asString()
        .contains("unknown field \"body_format\" in envoy.config.route.v3.DirectResponseAction");
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.resources()).extracting(Resource::name).containsExactly("route");
  }

  @Test
  void writesItAsEnvoyReadsIt() throws Exception {
    var schema = Schema.of(ProtoFiles.newer().bytes());

    var message = parse(ROUTE, schema).resources().getFirst().message();

    var action =
        RouteConfiguration.parseFrom(message.toByteString())
            .getVirtualHosts(0)
            .getRoutes(0)
            .getDirectResponse();
    assertThat(action.getStatus()).isEqualTo(200);
    assertThat(action.getUnknownFields().getField(3).getLengthDelimitedList())
        .singleElement()
        .isEqualTo(
            SubstitutionFormatString.newBuilder()
                .setTextFormatSource(DataSource.newBuilder().setInlineString("hi"))
                .build()
                .toByteString());
  }

  @Test
  void writesItInTheJsonOfAResponse() throws Exception {
    var schema = Schema.of(ProtoFiles.newer().bytes());
    var message = parse(ROUTE, schema).resources().getFirst().message();

    var json = schema.json(DiscoveryResponse.newBuilder().addResources(packed(message)).build());

    assertThat(json).contains("\"bodyFormat\"", "\"inlineString\": \"hi\"");
  }

  @Test
  void offersTheNearestOfItsOwnNames() throws Exception {
    var parsed =
        parse(ROUTE.replace("body_format", "body_fromat"), Schema.of(ProtoFiles.newer().bytes()));

    assertThat(parsed.problems())
        .singleElement()
        .asString()
        .contains("(did you mean \"body_format\"?)");
  }

  @Test
  void takesFromTheApiWhatTheSetDoesNotHave() throws Exception {
    var schema = Schema.of(ProtoFiles.newer().bytes());

    assertThat(schema.message(URL + "envoy.config.cluster.v3.Cluster"))
        .contains(Cluster.getDefaultInstance());
    assertThat(schema.message(URL + "envoy.config.route.v3.RouteConfiguration"))
        .get()
        .isInstanceOf(DynamicMessage.class);
  }

  @Test
  void takesAnExtensionOfTheOperatorsOwn() throws Exception {
    var schema = Schema.of(ProtoFiles.extension().bytes());

    var parsed = parse(MINE, schema);

    assertThat(parsed.problems()).isEmpty();
    var message = parsed.resources().getFirst().message();
    assertThat(message).isInstanceOf(TypedExtensionConfig.class);
    assertThat(schema.tree(message).getAsJsonObject("typed_config").toString())
        .isEqualTo(
            "{\"@type\":\"type.googleapis.com/mine.v1.Filter\",\"greeting\":\"hello\",\"nested\":"
                + "{\"@type\":\"type.googleapis.com/envoy.config.cluster.v3.Cluster\","
                + "\"name\":\"c\"}}");
  }

  @Test
  void looksIntoAnAnyOfItsOwnKind() throws Exception {
    var schema = Schema.of(ProtoFiles.extension().bytes());
    var filter = schema.unpack(parsedConfig(schema)).orElseThrow();
    var nested = (Message) filter.getField(filter.getDescriptorForType().findFieldByNumber(2));

    var inner = schema.unpack(nested);

    assertThat(nested).isNotInstanceOf(Any.class);
    assertThat(inner).contains(Cluster.newBuilder().setName("c").build());
  }

  @Test
  void letsAFileOfTheSetReplaceTheOneOfTheApi() throws Exception {
    var file = "envoy/config/core/v3/base.proto";
    var files = ProtoFiles.of(Metadata.getDescriptor());
    files.message(file, "ControlPlane").setName("Steering");
    files
        .message(file, "Node")
        .addField(ProtoFiles.field("moon", 999, FieldDescriptorProto.Type.TYPE_STRING));
    var schema = Schema.of(files.bytes());
    // Its own file imports the one that was replaced.
    var config =
        """
        "@type": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig
        name: mine
        typed_config: {"@type": type.googleapis.com/envoy.config.core.v3.%s}
        """;

    assertThat(schema.message(URL + "envoy.config.core.v3.ControlPlane")).isEmpty();
    assertThat(parse(config.formatted("Steering"), schema).problems()).isEmpty();
    assertThat(parse(config.formatted("Node, moon: full"), schema).problems()).isEmpty();
    assertThat(parse(config.formatted("ControlPlane"), schema).problems())
        .singleElement()
        .asString()
        .contains("unknown @type");
  }

  @Test
  void readsWellKnownTypesOfTheSet() throws Exception {
    var schema = Schema.of(ProtoFiles.of(Struct.getDescriptor()).bytes());
    var message = schema.message(URL + "google.protobuf.Struct").orElseThrow();
    var builder = message.newBuilderForType();

    schema.mergeLeniently("{\"a\":null,\"b\":[1,\"x\",true,{\"c\":{}}]}", builder);

    assertThat(message).isInstanceOf(DynamicMessage.class);
    assertThat(schema.tree(builder.build()))
        .hasToString("{\"a\":null,\"b\":[1.0,\"x\",true,{\"c\":{}}]}");
  }

  @Test
  void makesADescriptorOnlyOfWhatIsNamed() throws Exception {
    var files = ProtoFiles.newer();
    files.file("broken.proto").addMessageType(broken("Broken"));

    var parsed = parse(ROUTE, Schema.of(files.bytes()));

    assertThat(parsed.problems()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAFileWhenItIsNeeded() throws Exception {
    var files = ProtoFiles.newer();
    files.file("broken.proto").addMessageType(broken("Broken"));
    var schema = Schema.of(files.bytes());

    var parsed = parse("\"@type\": type.googleapis.com/Broken\nname: x\n", schema);

    assertThat(parsed.problems())
        .singleElement()
        .asString()
        .contains("the schema's file \"broken.proto\" is wrong: ", "Moon");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"@type\": type.googleapis.com/mine.v1.Filter}",
        "{\"@type\": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig, name: mine,"
            + " typed_config: {\"@type\": type.googleapis.com/mine.v1.Filter}}",
      })
  void tellsOfAFieldThatProto2Requires(String text) throws Exception {
    var files = ProtoFiles.extension();
    files.file("mine.proto").clearSyntax();
    files.message("mine.proto", "Filter").getFieldBuilder(0).setLabel(Label.LABEL_REQUIRED);

    var parsed = parse(text, Schema.of(files.bytes()));

    assertThat(parsed.problems())
        .singleElement()
        .asString()
        .isEqualTo("node1/a.yaml:1:1: error: Message missing required fields: greeting");
  }

  @Test
  void takesTwoSetsThatWereJoined() throws Exception {
    var joined = ProtoFiles.newer().bytes().concat(ProtoFiles.extension().bytes());

    assertThat(parse(ROUTE, Schema.of(joined)).problems()).isEmpty();
    assertThat(parse(MINE, Schema.of(joined)).problems()).isEmpty();
  }

  @Test
  void takesTwoSetsOfTwoCompilersThatWereJoined() throws Exception {
    var buf = ProtoFiles.newer();
    var module = Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("\b\1")).build();
    buf.file("envoy/type/v3/percent.proto")
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(8042, module).build());
    buf.message("google/protobuf/any.proto", "Any").addReservedName("later");

    var schema = Schema.of(buf.bytes().concat(ProtoFiles.newer().bytes()));

    assertThat(parse(ROUTE, schema).problems()).isEmpty();
  }

  private static DescriptorProto.Builder broken(String name) {
    return DescriptorProto.newBuilder()
        .setName(name)
        .addField(ProtoFiles.field("moon", 1, ".none.Moon"));
  }

  private static Any parsedConfig(Schema schema) {
    return ((TypedExtensionConfig) parse(MINE, schema).resources().getFirst().message())
        .getTypedConfig();
  }

  private static Any packed(Message message) {
    return Any.newBuilder()
        .setTypeUrl(URL + message.getDescriptorForType().getFullName())
        .setValue(message.toByteString())
        .build();
  }

  private static Parsed parse(String text, Schema schema) {
    return new ResourceParser(schema).parse(new Document("node1/a.yaml", text));
  }
}
