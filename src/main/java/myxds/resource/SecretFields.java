package myxds.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import java.util.Locale;
import java.util.Set;
import udpa.annotations.Sensitive;

/**
 * Which fields hold secrets: those that the .proto files mark as sensitive, those that they forgot,
 * and what people keep under a telling name where the name is theirs to choose.
 */
public final class SecretFields {
  private static final int SENSITIVE = Sensitive.sensitive.getNumber();
  private static final String HEADER = "envoy.config.core.v3.HeaderValue";

  /** Credentials that the API does not mark. */
  private static final Set<String> UNMARKED =
      Set.of(
          "envoy.config.core.v3.GrpcService.GoogleGrpc.CallCredentials.access_token",
          "envoy.config.core.v3.GrpcService.GoogleGrpc.CallCredentials.google_refresh_token",
          "envoy.config.core.v3.GrpcService.GoogleGrpc.CallCredentials.GoogleIAMCredentials"
              + ".authorization_token",
          "envoy.config.core.v3.GrpcService.GoogleGrpc.CallCredentials"
              + ".ServiceAccountJWTAccessCredentials.json_key",
          "envoy.config.trace.v3.LightstepConfig.access_token",
          "envoy.extensions.filters.http.api_key_auth.v3.Credential.key",
          "envoy.extensions.filters.http.aws_lambda.v3.Credentials.secret_access_key",
          "envoy.extensions.filters.http.aws_lambda.v3.Credentials.session_token");

  private static final Set<String> TELLING =
      Set.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "token",
          "credential",
          "authorization",
          "cookie",
          "apikey",
          "privatekey");

  private SecretFields() {}

  /** Whether this field of this message holds a secret. */
  public static boolean holds(Message message, FieldDescriptor field) {
    return isSensitive(field)
        || UNMARKED.contains(field.getFullName())
        || (isHeaderValue(field) && isTelling(headerName(message)));
  }

  /** Whether a map, as a value of this message, holds a secret under this key. */
  public static boolean holds(Message message, String key) {
    return message.getDescriptorForType().getFullName().equals(Struct.getDescriptor().getFullName())
        && isTelling(key);
  }

  /** The same, before it is known what else stands in the message. */
  static boolean mayHold(FieldDescriptor field) {
    return isSensitive(field) || UNMARKED.contains(field.getFullName()) || isHeaderValue(field);
  }

  private static boolean isSensitive(FieldDescriptor field) {
    var options = field.getOptions();
    // A schema from a file may have been read without the extension's meaning.
    return options.getExtension(Sensitive.sensitive)
        || options.getUnknownFields().hasField(SENSITIVE);
  }

  private static boolean isHeaderValue(FieldDescriptor field) {
    return field.getContainingType().getFullName().equals(HEADER) && !field.getName().equals("key");
  }

  private static String headerName(Message header) {
    var key = header.getDescriptorForType().findFieldByName("key");
    return key == null ? "" : String.valueOf(header.getField(key));
  }

  private static boolean isTelling(String name) {
    var letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return TELLING.stream().anyMatch(letters::contains);
  }
}
