package myxds;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.pgv.validate.Validate;
import io.envoyproxy.pgv.validate.Validate.FieldRules;
import io.envoyproxy.pgv.validate.Validate.MessageRules;
import io.envoyproxy.pgv.validate.Validate.StringRules;
import java.util.LinkedHashMap;
import java.util.Map;

/** .proto files of the api, to be changed, as protoc writes them into one file. */
public final class ProtoFiles {
  private static final String ROUTES = "envoy/config/route/v3/route_components.proto";

  private final Map<String, FileDescriptorProto.Builder> files = new LinkedHashMap<>();

  private ProtoFiles() {}

  /** The files of these messages and all that they import. */
  public static ProtoFiles of(Descriptor... types) {
    var files = new ProtoFiles();
    for (var type : types) {
      files.add(type.getFile());
    }
    return files;
  }

  /** Those of routes, with a field and a message that Envoy 1.40 has and the api jar has not. */
  public static ProtoFiles newer() {
    var files = of(RouteConfiguration.getDescriptor(), SubstitutionFormatString.getDescriptor());
    files
        .file(ROUTES)
        .addDependency("envoy/config/core/v3/substitution_format_string.proto")
        .addMessageType(cookieMatcher());
    files
        .message(ROUTES, "DirectResponseAction")
        .addField(field("body_format", 3, ".envoy.config.core.v3.SubstitutionFormatString"));
    files
        .message(ROUTES, "RouteMatch")
        .addField(
            field("cookies", 17, ".envoy.config.route.v3.CookieMatcher")
                .setLabel(Label.LABEL_REPEATED));
    return files;
  }

  /** An extension of an operator's own, in {@code mine.proto}. */
  public static ProtoFiles extension() {
    var files = of(Any.getDescriptor());
    files
        .file("mine.proto")
        .setPackage("mine.v1")
        .addDependency("google/protobuf/any.proto")
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("Filter")
                .addField(field("greeting", 1, FieldDescriptorProto.Type.TYPE_STRING))
                .addField(field("nested", 2, ".google.protobuf.Any")));
    return files;
  }

  private static DescriptorProto.Builder cookieMatcher() {
    var name = StringRules.newBuilder().setMinLen(1).setMaxBytes(1024);
    var required = FieldRules.newBuilder().setMessage(MessageRules.newBuilder().setRequired(true));
    return DescriptorProto.newBuilder()
        .setName("CookieMatcher")
        .addField(
            field("name", 1, FieldDescriptorProto.Type.TYPE_STRING)
                .setOptions(rules(FieldRules.newBuilder().setString(name))))
        .addField(
            field("string_match", 2, ".envoy.type.matcher.v3.StringMatcher")
                .setOptions(rules(required)))
        .addField(field("invert_match", 3, FieldDescriptorProto.Type.TYPE_BOOL));
  }

  private static FieldOptions.Builder rules(FieldRules.Builder rules) {
    return FieldOptions.newBuilder().setExtension(Validate.rules, rules.build());
  }

  /** A field that holds a message of this type. */
  public static FieldDescriptorProto.Builder field(String name, int number, String type) {
    return field(name, number, FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(type);
  }

  public static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setLabel(Label.LABEL_OPTIONAL)
        .setType(type);
  }

  private void add(FileDescriptor file) {
    file.getDependencies().forEach(this::add);
    files.putIfAbsent(file.getName(), file.toProto().toBuilder());
  }

  /** A file to be changed; an empty one when there is none yet. */
  public FileDescriptorProto.Builder file(String name) {
    return files.computeIfAbsent(
        name, missing -> FileDescriptorProto.newBuilder().setName(name).setSyntax("proto3"));
  }

  /** A message of a file, to be changed. */
  public DescriptorProto.Builder message(String file, String name) {
    return file(file).getMessageTypeBuilderList().stream()
        .filter(message -> message.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  public ProtoFiles without(String file) {
    files.remove(file);
    return this;
  }

  public ByteString bytes() {
    var set = FileDescriptorSet.newBuilder();
    files.values().forEach(set::addFile);
    return set.build().toByteString();
  }
}
