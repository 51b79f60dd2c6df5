package myxds.resource;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields that hold secrets: those that the .proto files mark as sensitive, those that they do
 * not mark, and values under a telling name where the name is free to choose.
 */
public final class SecretFields {
  private static final int SENSITIVE = udpa.annotations.Sensitive.sensitive.getNumber();
  private static final int SENSITIVE_TOO = xds.annotations.v3.Sensitive.sensitive.getNumber();

  /** Matchers that compare a named part of a request with a value. */
  private static final Set<String> MATCHERS =
      Set.of("envoy.config.route.v3.HeaderMatcher", "envoy.config.route.v3.QueryParameterMatcher");

  /** Beside a {@code key}, the fields that hold what it stands for. */
  private static final Set<String> VALUES = Set.of("value", "raw_value", "rawValue");

  /** A URL from the last letter of its scheme on: searching for the first takes quadratic time. */
  private static final Pattern SECRET_TEXT =
      Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----|[a-z0-9+.-]://[^/\\s:@]*:[^/\\s@]+@");

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

  /** Returns whether this field of this message holds a secret. */
  public static boolean holds(Message message, FieldDescriptor field) {
    return isSensitive(field)
        || UNMARKED.contains(field.getFullName())
        || (VALUES.contains(field.getName()) && isTelling(text(message, "key")))
        || isMatcherOfSecret(message, field);
  }

  /** Returns whether this value, which a map of this message has under this key, is a secret. */
  public static boolean holds(Message message, String key, @Nullable Object value) {
    boolean isOpen =
        value instanceof String
            || value instanceof ByteString
            || isStruct(message.getDescriptorForType());
    return isOpen && isTelling(key);
  }

  /**
   * Returns whether a text is a secret wherever it stands: a private key, a URL with a password.
   */
  public static boolean isSecret(String text) {
    return SECRET_TEXT.matcher(text).find();
  }

  /** Returns whether a struct is a key and a value, such as a header, and the value a secret. */
  static boolean isCredential(Struct struct) {
    return isTelling(struct.getFieldsOrDefault("key", Value.getDefaultInstance()).getStringValue());
  }

  /** Returns whether a field of this name holds what a {@code key} beside it stands for. */
  static boolean isValue(String name) {
    return VALUES.contains(name);
  }

  static boolean isSensitive(FieldDescriptor field) {
    var options = field.getOptions();
    // A schema from a file may have been read without the extensions' meaning.
    return options.getExtension(udpa.annotations.Sensitive.sensitive)
        || options.getExtension(xds.annotations.v3.Sensitive.sensitive)
        || options.getUnknownFields().hasField(SENSITIVE)
        || options.getUnknownFields().hasField(SENSITIVE_TOO);
  }

  /** Returns whether people keep secrets under such a name. */
  static boolean isTelling(String name) {
    var letters = letters(name);
    return TELLING.stream().anyMatch(letters::contains);
  }

  /** Returns whether a matcher compares with a credential; a cookie is matched to find a canary. */
  private static boolean isMatcherOfSecret(Message message, FieldDescriptor field) {
    if (!MATCHERS.contains(field.getContainingType().getFullName())
        || field.getName().equals("name")
        || field.getJavaType() == FieldDescriptor.JavaType.BOOLEAN) {
      return false;
    }
    var name = text(message, "name");
    return isTelling(name) && !letters(name).contains("cookie");
  }

  /** Returns whether messages of this type are structs. */
  static boolean isStruct(Descriptor type) {
    return type.getFullName().equals(Struct.getDescriptor().getFullName());
  }

  private static String text(Message message, String name) {
    var field = message.getDescriptorForType().findFieldByName(name);
    return field == null || field.isRepeated() ? "" : String.valueOf(message.getField(field));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }
}
