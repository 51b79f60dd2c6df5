package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService.GoogleGrpc.CallCredentials;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.PrivateKeyProvider;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsSessionTicketKeys;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.wasm.v3.EnvironmentVariables;
import myxds.ProtoFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xds.annotations.v3.Sensitive;

final class RedactionTest {
  private static final DataSource HIDDEN =
      DataSource.newBuilder().setInlineString("[redacted]").build();

  private final Redaction redaction = new Redaction(Schema.ofApi());

  @Test
  void hidesASensitiveFieldAndLeavesTheOthers() {
    var redacted = redaction.redact(certificate());

    assertThat(redacted).isEqualTo(certificate().toBuilder().setPrivateKey(HIDDEN).build());
  }

  @Test
  void hidesBytesAndEveryElementOfAList() {
    var keys =
        TlsSessionTicketKeys.newBuilder()
            .addKeys(DataSource.newBuilder().setInlineBytes(ByteString.copyFromUtf8("k1")))
            .addKeys(DataSource.newBuilder().setInlineString("k2"))
            .build();

    var redacted = redaction.redact(keys);

    assertThat(redacted)
        .isEqualTo(
            TlsSessionTicketKeys.newBuilder()
                .addKeys(
                    DataSource.newBuilder().setInlineBytes(ByteString.copyFromUtf8("[redacted]")))
                .addKeys(HIDDEN)
                .build());
  }

  @Test
  void hidesWhatAnOperatorsSchemaCallsSensitive() throws Exception {
    var files = ProtoFiles.of(CommonTlsContext.getDescriptor(), Cluster.getDescriptor());
    var schema = Schema.of(files.bytes());
    var prototype = schema.message("envoy.config.cluster.v3.Cluster").orElseThrow();
    var cluster = prototype.getParserForType().parseFrom(cluster(certificate()).toByteString());

    var redacted = new Redaction(schema).redact(cluster);

    assertThat(cluster).isInstanceOf(DynamicMessage.class);
    assertThat(Cluster.parseFrom(redacted.toByteString()))
        .isEqualTo(cluster(certificate().toBuilder().setPrivateKey(HIDDEN).build()));
  }

  @Test
  void looksIntoPackedMessages() {
    var redacted = redaction.redact(cluster(certificate()));

    assertThat(redacted)
        .isEqualTo(cluster(certificate().toBuilder().setPrivateKey(HIDDEN).build()));
  }

  @Test
  void hidesAllOfAPackedMessageInASensitiveField() {
    var redacted = redaction.redact(provider(Any.pack(StringValue.of("secret"))));

    assertThat(redacted).isEqualTo(provider(Any.pack(StringValue.of("[redacted]"))));
  }

  @Test
  void showsNothingOfAnUnknownPackedMessage() {
    var cluster = Cluster.newBuilder();
    cluster.getMetadataBuilder().putTypedFilterMetadata("key", unknown("anything"));

    var shown = cluster.clone();
    shown.getMetadataBuilder().putTypedFilterMetadata("key", unknown(""));
    assertThat(redaction.redact(cluster.build())).isEqualTo(shown.build());
  }

  @Test
  void showsNothingOfFieldsThatTheSchemaDoesNotKnow() {
    var newer = UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("s"));
    var fields = UnknownFieldSet.newBuilder().addField(9_000, newer.build()).build();
    var certificate = certificate().toBuilder().setUnknownFields(fields).build();

    assertThat(redaction.redact(certificate))
        .isEqualTo(certificate().toBuilder().setPrivateKey(HIDDEN).build());
  }

  @Test
  void hidesWhatAMatcherOfACredentialComparesWith() {
    var matcher = HeaderMatcher.newBuilder().setName("x-api-key");
    var prefix = HeaderMatcher.getDescriptor().findFieldByName("prefix_match");

    assertThat(redaction.redact(matcher.setField(prefix, "s3cret").build()))
        .isEqualTo(matcher.setField(prefix, "[redacted]").build());
    assertThat(redaction.redact(matcher.setPresentMatch(true).build())).isEqualTo(matcher.build());
  }

  @Test
  void hidesAPrivateKeyAndAPasswordInAUrlWhereverTheyStand() {
    var key = "x -----BEGIN EC PRIVATE KEY-----\nabc";
    var text = HeaderValue.newBuilder().setKey("x-region");

    assertThat(redaction.redact(text.setValue(key).build()))
        .isEqualTo(text.setValue("[redacted]").build());
    assertThat(redaction.redact(text.setValue("redis://u:p4ss@host/").build()))
        .isEqualTo(text.setValue("[redacted]").build());
  }

  @Test
  void hidesATellingValueOfAMapOfTexts() {
    var variables = EnvironmentVariables.newBuilder().putKeyValues("LANG", "C");

    assertThat(redaction.redact(variables.putKeyValues("API_TOKEN", "s3cret").build()))
        .isEqualTo(variables.putKeyValues("API_TOKEN", "[redacted]").build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"users\": {\"inline_string\": \"S3CRET\"}, \"forward_username_header\": \"x-u\"}",
        "{\"headers\": [{\"key\": \"authorization\", \"value\": \"S3CRET\"}]}",
        "{\"any\": {\"deeper\": [{\"my_password\": \"S3CRET\"}]}}",
      })
  void looksIntoAStructThatStandsForAMessage(String value) throws Exception {
    var struct = Struct.newBuilder();
    JsonFormat.parser().merge(value, struct);
    var typed =
        TypedStruct.newBuilder()
            .setTypeUrl("type.googleapis.com/envoy.extensions.filters.http.basic_auth.v3.BasicAuth")
            .setValue(struct)
            .build();

    var redacted = redaction.redact(Any.pack(typed));

    var shown = JsonFormat.printer().print(((Any) redacted).unpack(TypedStruct.class));
    assertThat(shown).contains("[redacted]").doesNotContain("S3CRET");
    assertThat(redaction.secrets(typed)).containsExactly(ByteString.copyFromUtf8("S3CRET"));
  }

  @Test
  void emptiesAnUnknownPackedMessageInASensitiveField() {
    var redacted = redaction.redact(provider(unknown("secret")));

    assertThat(redacted).isEqualTo(provider(unknown("")));
  }

  @Test
  void hidesCredentialsThatTheApiDoesNotMark() {
    var credentials = CallCredentials.newBuilder().setAccessToken("t0ken").build();

    assertThat(redaction.redact(credentials))
        .isEqualTo(CallCredentials.newBuilder().setAccessToken("[redacted]").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization", "X-Api-Key", "Set-Cookie", "x-auth-token"})
  void hidesWhatAHeaderOfATellingNameHolds(String name) {
    var header = HeaderValue.newBuilder().setKey(name);

    assertThat(redaction.redact(header.setValue("s3cret").build()))
        .isEqualTo(header.setValue("[redacted]").build());
  }

  @Test
  void leavesOtherHeaders() {
    var header = HeaderValue.newBuilder().setKey("x-region").setValue("eu").build();

    assertThat(redaction.redact(header)).isEqualTo(header);
  }

  @Test
  void hidesWhatMetadataHoldsUnderATellingName() {
    var struct = Struct.newBuilder().putFields("region", text("eu"));

    assertThat(redaction.redact(struct.putFields("db_password", text("s3cret")).build()))
        .isEqualTo(struct.putFields("db_password", text("[redacted]")).build());
  }

  @Test
  void hidesASensitiveFieldOfASchemaThatWasReadFromAFile() throws Exception {
    var file = TlsCertificate.getDescriptor().getFile();
    var read =
        FileDescriptor.buildFrom(
            FileDescriptorProto.parseFrom(file.toProto().toByteString()),
            file.getDependencies().toArray(FileDescriptor[]::new));
    var type = read.findMessageTypeByName("TlsCertificate");

    var redacted = redaction.redact(DynamicMessage.parseFrom(type, certificate().toByteString()));

    assertThat(redacted.toByteString())
        .isEqualTo(certificate().toBuilder().setPrivateKey(HIDDEN).build().toByteString());
  }

  @Test
  void hidesWhatTheOtherOfTheTwoAnnotationsMarks() throws Exception {
    var option = FieldOptions.newBuilder().setExtension(Sensitive.sensitive, true);
    var files = ProtoFiles.extension();
    files.message("mine.proto", "Filter").getFieldBuilder(0).setOptions(option);
    var type = Schema.of(files.bytes()).message("mine.v1.Filter").orElseThrow();
    var greeting = type.getDescriptorForType().findFieldByName("greeting");

    var redacted = redaction.redact(type.toBuilder().setField(greeting, "s3cret").build());

    assertThat(redacted.getField(greeting)).isEqualTo("[redacted]");
  }

  @Test
  void looksIntoPackedMessagesOfSuchASchema() throws Exception {
    var packed = Any.pack(certificate());

    var redacted =
        redaction.redact(DynamicMessage.parseFrom(Any.getDescriptor(), packed.toByteString()));

    assertThat(redacted.toByteString())
        .isEqualTo(
            Any.pack(certificate().toBuilder().setPrivateKey(HIDDEN).build()).toByteString());
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static TlsCertificate certificate() {
    return TlsCertificate.newBuilder()
        .setCertificateChain(DataSource.newBuilder().setFilename("chain.pem"))
        .setPrivateKey(DataSource.newBuilder().setInlineString("a private key"))
        .build();
  }

  private static Message cluster(TlsCertificate certificate) {
    var context =
        UpstreamTlsContext.newBuilder()
            .setSni("example")
            .setCommonTlsContext(CommonTlsContext.newBuilder().addTlsCertificates(certificate));
    return Cluster.newBuilder()
        .setName("service")
        .setTransportSocket(TransportSocket.newBuilder().setTypedConfig(Any.pack(context.build())))
        .build();
  }

  private static Message provider(Any config) {
    return PrivateKeyProvider.newBuilder().setProviderName("hsm").setTypedConfig(config).build();
  }

  private static Any unknown(String value) {
    return Any.newBuilder()
        .setTypeUrl("type.googleapis.com/not.known.Here")
        .setValue(ByteString.copyFromUtf8(value))
        .build();
  }
}
