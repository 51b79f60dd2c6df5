package myxds.resource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages that documents may hold: those of an operator's own set of .proto files, and every
 * other one in the api jar. A type is loaded when it is first named, so that an idle daemon does
 * not pay for the other 1,300. Messages of a set are of no class of their own.
 */
public final class Schema {
  private static final int MOST_REMEMBERED = 1_000;

  private final DescriptorSet set;
  private final Map<String, Optional<String>> nearest = new ConcurrentHashMap<>();
  private final MessageTypes api = new MessageTypes();
  private final Map<String, Descriptor> registered = new HashMap<>();
  private TypeRegistry registry = TypeRegistry.getEmptyTypeRegistry();

  private Schema(DescriptorSet set) {
    this.set = set;
  }

  /** The schema of the api jar, Envoy 1.34. */
  public static Schema ofApi() {
    return new Schema(DescriptorSet.EMPTY);
  }

  /**
   * The schema of a {@code FileDescriptorSet}, which must hold what its files import. A file that
   * the api jar has too counts as the set has it.
   *
   * @throws NotASchema if the bytes are no such set
   */
  public static Schema of(ByteString fileDescriptorSet) throws NotASchema {
    return new Schema(DescriptorSet.of(fileDescriptorSet));
  }

  /** The message of this type URL. */
  public Optional<Message> message(String typeUrl) {
    var name = ResourceType.of(typeUrl).messageName();
    return set.has(name)
        ? set.message(name)
        : api.defaultInstance(typeUrl).filter(type -> !isOfSet(type.getDescriptorForType()));
  }

  private boolean isOfSet(Descriptor type) {
    return set.hasFile(type.getFile().getName());
  }

  /**
   * The known message that was probably meant: the one that is spelled most alike, or else the
   * nearest of its simple name in another package; empty when there is neither. Remembered, for
   * there are thousands to compare with, and a template repeats its mistake as often.
   */
  public Optional<String> nearest(String typeUrl) {
    if (nearest.size() >= MOST_REMEMBERED) {
      nearest.clear();
    }
    return nearest.computeIfAbsent(ResourceType.of(typeUrl).messageName(), this::meant);
  }

  private Optional<String> meant(String wrong) {
    var known = Stream.concat(set.names().stream(), api.names().stream()).distinct().toList();
    var simple = wrong.substring(wrong.lastIndexOf('.') + 1);
    var alike = known.stream().filter(name -> name.endsWith("." + simple)).toList();
    return Spelling.nearest(wrong, known).or(() -> Spelling.closest(wrong, alike));
  }

  /** Why a message that the schema has cannot be used; empty when that is not known. */
  Optional<String> trouble(String typeUrl) {
    return set.trouble(ResourceType.of(typeUrl).messageName());
  }

  /** Proto3 JSON, nested {@code Any}s spelled out. */
  public String json(MessageOrBuilder message) {
    return print(message, JsonFormat.printer());
  }

  /**
   * As {@link #json}, with the field names as the .proto files and Envoy's documentation have them.
   */
  public JsonObject tree(MessageOrBuilder message) {
    var json = print(message, JsonFormat.printer().preservingProtoFieldNames());
    return JsonParser.parseString(json).getAsJsonObject();
  }

  /**
   * Reads proto3 JSON, names in camelCase or snake_case; fields that the schema does not know are
   * ignored, because a newer client may send them.
   *
   * @throws InvalidProtocolBufferException if it is not JSON, or a value does not fit its field
   */
  public void mergeLeniently(String json, Message.Builder into)
      throws InvalidProtocolBufferException {
    parser(json(json)).ignoringUnknownFields().merge(json, into);
  }

  /**
   * A whole document as one message; fields that the schema does not know are ignored.
   *
   * @throws InvalidProtocolBufferException if it is not YAML, or a value does not fit its field;
   *     the message begins with the place
   */
  public Message read(Document document, ResourceType type) throws InvalidProtocolBufferException {
    var read = TreeReader.read(document);
    var prototype = message(type.typeUrl()).orElseThrow();
    if (!read.problems().isEmpty()) {
      throw new InvalidProtocolBufferException(read.problems().getFirst().toString());
    }
    var builder = prototype.newBuilderForType();
    for (var tree : read.trees()) {
      var strict = new LooseForm(this).strict(tree, prototype.getDescriptorForType());
      mergeLeniently(strict.json().toString(), builder);
    }
    return builder.build();
  }

  /** As {@link #mergeLeniently}, but an unknown field is an error. */
  void merge(JsonElement json, Message.Builder into) throws InvalidProtocolBufferException {
    parser(json).merge(json.toString(), into);
  }

  private JsonFormat.Parser parser(JsonElement json) {
    var named = new HashSet<String>();
    collectTypeUrls(json, named);
    return JsonFormat.parser().usingTypeRegistry(registry(named));
  }

  private String print(MessageOrBuilder message, JsonFormat.Printer printer) {
    var named = new HashSet<String>();
    collectTypeUrls(message, named);
    try {
      return printer.usingTypeRegistry(registry(named)).print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a message holds an Any of a type that is not known", e);
    }
  }

  /**
   * The registry grows by what is named; it is built anew only then, for that costs milliseconds.
   */
  private synchronized TypeRegistry registry(Collection<String> typeUrls) {
    var more = typeUrls.stream().filter(url -> !registered.containsKey(url)).toList();
    for (var url : more) {
      descriptor(url).ifPresent(type -> registered.put(url, type));
    }
    if (more.stream().anyMatch(registered::containsKey)) {
      registry = built();
    }
    return registry;
  }

  /**
   * With a type comes its whole file, and what that imports; of two alike, the first one counts.
   */
  private TypeRegistry built() {
    var types = new ArrayList<>(registered.values());
    types.sort(Comparator.comparing(type -> !isOfSet(type)));
    return TypeRegistry.newBuilder().add(types).build();
  }

  Optional<Descriptor> descriptor(String typeUrl) {
    return message(typeUrl).map(Message::getDescriptorForType);
  }

  private static JsonElement json(String text) throws InvalidProtocolBufferException {
    try {
      return JsonParser.parseString(text);
    } catch (JsonParseException e) {
      throw new InvalidProtocolBufferException(e.getMessage());
    }
  }

  private static void collectTypeUrls(JsonElement json, Set<String> into) {
    if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(element -> collectTypeUrls(element, into));
    } else if (json.isJsonObject()) {
      var object = json.getAsJsonObject();
      if (object.get("@type") instanceof JsonPrimitive url) {
        into.add(url.getAsString());
      }
      object.asMap().values().forEach(value -> collectTypeUrls(value, into));
    }
  }

  private void collectTypeUrls(MessageOrBuilder message, Set<String> into) {
    var packed = any(message);
    if (packed.isPresent()) {
      into.add(packed.get().getTypeUrl());
      inside(packed.get()).ifPresent(inner -> collectTypeUrls(inner, into));
      return;
    }
    for (var value : message.getAllFields().values()) {
      if (value instanceof MessageOrBuilder one) {
        collectTypeUrls(one, into);
      } else if (value instanceof Collection<?> many) {
        for (var one : many) {
          if (one instanceof MessageOrBuilder element) {
            collectTypeUrls(element, into);
          }
        }
      }
    }
  }

  /** The message inside an {@code Any}, if its type is known and its bytes are right. */
  public Optional<Message> unpack(MessageOrBuilder any) {
    return any(any).flatMap(this::inside);
  }

  private Optional<Message> inside(Any packed) {
    return message(packed.getTypeUrl())
        .flatMap(type -> {
          try {
            return Optional.of(type.getParserForType().parseFrom(packed.getValue()));
          } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
          }
        });
  }

  /** The field of this name, in the .proto file's spelling or in JSON's; null if there is none. */
  static @Nullable FieldDescriptor field(Descriptor type, String name) {
    return type.getFields().stream()
        .filter(field -> field.getName().equals(name) || field.getJsonName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** These have a JSON form of their own, often a text: {@code 2s}. */
  static boolean isWellKnown(Descriptor type) {
    return type.getFile().getPackage().equals("google.protobuf");
  }

  /** Whether messages of this type hold another; in a set, {@code Any} is no class of its own. */
  public static boolean isAny(Descriptor type) {
    return type.getFullName().equals(Any.getDescriptor().getFullName());
  }

  /** The message, if it is an {@code Any}. */
  public static Optional<Any> any(MessageOrBuilder message) {
    if (message instanceof Any any) {
      return Optional.of(any);
    }
    var type = message.getDescriptorForType();
    if (!isAny(type)) {
      return Optional.empty();
    }
    var url = message.getField(type.findFieldByNumber(Any.TYPE_URL_FIELD_NUMBER));
    var value = message.getField(type.findFieldByNumber(Any.VALUE_FIELD_NUMBER));
    return Optional.of(
        Any.newBuilder().setTypeUrl((String) url).setValue((ByteString) value).build());
  }
}
