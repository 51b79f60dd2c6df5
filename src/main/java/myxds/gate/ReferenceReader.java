package myxds.gate;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import myxds.resource.FieldPath;
import myxds.resource.Problem.Severity;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.resource.XdsName;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names by which a message asks for other resources, however deep they stand, inside an
 * {@code Any} too. It works on descriptors: the message may be of any schema. Safe for many
 * threads.
 */
final class ReferenceReader {
  private static final String ANY = Any.getDescriptor().getFullName();
  private static final String CLUSTER = ResourceType.CLUSTER.messageName();
  private static final String API_CONFIG_SOURCE = "envoy.config.core.v3.ApiConfigSource";
  private static final String CONFIG_SOURCE = "envoy.config.core.v3.ConfigSource";

  private final Schema schema;
  private final Map<Descriptor, Plan> plans = new ConcurrentHashMap<>();
  private final Map<Descriptor, Boolean> leading = new ConcurrentHashMap<>();

  /** What of a message is to be looked at. */
  private record Plan(List<Named> named, List<FieldDescriptor> inside) {}

  private record Named(ReferenceTable.Row row, FieldDescriptor field) {}

  /** Collects while a message is read. */
  private record Found(List<Reference> references, List<FieldPath> ads) {

    /** An empty name requests nothing. */
    void add(Reference reference) {
      if (!reference.name().isEmpty()) {
        references.add(
            new Reference(
                reference.type(),
                XdsName.canonical(reference.name()),
                reference.path(),
                reference.provider(),
                reference.missing()));
      }
    }
  }

  ReferenceReader(Schema schema) {
    this.schema = schema;
  }

  Asking read(Message message) {
    var found = new Found(new ArrayList<>(), new ArrayList<>());
    message(message, FieldPath.ROOT, found);
    return new Asking(found.references, found.ads);
  }

  private void message(Message message, FieldPath path, Found found) {
    var type = message.getDescriptorForType();
    if (type.getFullName().equals(ANY)) {
      unpacked(message).ifPresent(inner -> message(inner, path, found));
      return;
    }
    if (type.getFullName().equals(API_CONFIG_SOURCE)) {
      management(message, path, found);
      return;
    }
    var plan = plan(type);
    for (var named : plan.named) {
      named(message, named, path, found);
    }
    if (type.getFullName().equals(CLUSTER)) {
      endpoints(message, path, found);
    }
    if (type.getFullName().equals(CONFIG_SOURCE) && Fields.get(message, "ads").isPresent()) {
      found.ads.add(path.field("ads"));
    }
    for (var field : plan.inside) {
      inside(message, field, path, found);
    }
  }

  private Optional<Message> unpacked(Message any) {
    try {
      return schema.unpack(any instanceof Any same ? same : Any.parseFrom(any.toByteString()));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private void inside(Message message, FieldDescriptor field, FieldPath path, Found found) {
    var at = path.field(field.getName());
    if (!field.isRepeated()) {
      if (message.hasField(field)) {
        message((Message) message.getField(field), at, found);
      }
      return;
    }
    int count = message.getRepeatedFieldCount(field);
    for (int i = 0; i < count; i++) {
      var element = (Message) message.getRepeatedField(field, i);
      if (field.isMapField()) {
        var value = element.getDescriptorForType().findFieldByName("value");
        message((Message) element.getField(value), at.key(mapKey(element)), found);
      } else {
        message(element, at.index(i), found);
      }
    }
  }

  private static String mapKey(Message entry) {
    return entry.getField(entry.getDescriptorForType().findFieldByName("key")).toString();
  }

  private static void named(Message message, Named named, FieldPath path, Found found) {
    var row = named.row;
    var provider = provider(message, row.source());
    if (provider == null) {
      return;
    }
    var missing = hasDefault(message, row) ? Severity.WARNING : row.missing();
    var at = path.field(named.field.getName());
    if (!named.field.isRepeated()) {
      found.add(
          new Reference(
              row.type(), message.getField(named.field).toString(), at, provider, missing));
      return;
    }
    int count = message.getRepeatedFieldCount(named.field);
    for (int i = 0; i < count; i++) {
      var element = message.getRepeatedField(named.field, i);
      var name = element instanceof Message entry ? mapKey(entry) : element.toString();
      var place = element instanceof Message ? at.key(name) : at.index(i);
      found.add(new Reference(row.type(), name, place, provider, missing));
    }
  }

  /** The way to a management server has to be there before anything that one can deliver. */
  private static void management(Message api, FieldPath path, Found found) {
    for (var name : servers(api)) {
      found.add(
          new Reference(ResourceType.CLUSTER, name, path, Provider.BOOTSTRAP, Severity.ERROR));
    }
  }

  /** A cluster asks for its endpoints by its own name, unless it says another. */
  private static void endpoints(Message cluster, FieldPath path, Found found) {
    var source = Fields.get(cluster, "eds_cluster_config");
    if (source.isEmpty() || !Fields.text(cluster, "type").equals("EDS")) {
      return;
    }
    var at = path.field("eds_cluster_config").field("service_name");
    var service = Fields.text(source.get(), "service_name");
    var name = service.isEmpty() ? Fields.text(cluster, "name") : service;
    var provider = provider(source.get(), "eds_config");
    if (provider != null) {
      found.add(new Reference(ResourceType.ENDPOINT, name, at, provider, Severity.ERROR));
    }
  }

  /** Where there is a default, Envoy does without until the thing is there. */
  private static boolean hasDefault(Message message, ReferenceTable.Row row) {
    return row.source().startsWith("config_discovery")
        && Fields.get(message, "config_discovery", "default_config").isPresent();
  }

  /**
   * Who is asked; null when the field names nothing, because what would say who is asked is absent
   * where it must be there.
   */
  private static @Nullable Provider provider(Message message, String source) {
    if (source.isEmpty()) {
      return Provider.EITHER;
    }
    if (source.equals(ReferenceTable.BOOTSTRAP)) {
      return Provider.BOOTSTRAP;
    }
    var asked = Fields.get(message, source.split("\\.", -1));
    if (asked.isEmpty()) {
      return source.equals("sds_config") ? Provider.BOOTSTRAP : null;
    }
    if (Fields.get(asked.get(), "ads").isPresent() || Fields.get(asked.get(), "self").isPresent()) {
      return Provider.OURS;
    }
    var servers =
        Fields.get(asked.get(), "api_config_source")
            .map(ReferenceReader::servers)
            .orElse(List.of());
    return servers.isEmpty() ? Provider.ELSEWHERE : new Provider.Server(servers);
  }

  /** The clusters that an {@code ApiConfigSource} leads to. */
  static List<String> servers(Message api) {
    var names = new ArrayList<String>();
    for (var name :
        (List<?>) api.getField(api.getDescriptorForType().findFieldByName("cluster_names"))) {
      names.add(name.toString());
    }
    for (var service : Fields.list(api, "grpc_services")) {
      Fields.get(service, "envoy_grpc")
          .map(envoy -> Fields.text(envoy, "cluster_name"))
          .ifPresent(names::add);
    }
    return List.copyOf(names);
  }

  private Plan plan(Descriptor type) {
    var plan = plans.get(type);
    if (plan == null) {
      plan = made(type);
      plans.put(type, plan);
    }
    return plan;
  }

  private Plan made(Descriptor type) {
    var named = new ArrayList<Named>();
    for (var row : ReferenceTable.BY_MESSAGE.getOrDefault(type.getFullName(), List.of())) {
      var field = type.findFieldByName(row.field());
      if (field != null) {
        named.add(new Named(row, field));
      }
    }
    var inside = type.getFields().stream().filter(this::leads).toList();
    return new Plan(List.copyOf(named), inside);
  }

  private boolean leads(FieldDescriptor field) {
    var type = inside(field);
    return type != null && leads(type);
  }

  /** The message that a field holds; null when it holds none. */
  private static @Nullable Descriptor inside(FieldDescriptor field) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return null;
    }
    var type = field.getMessageType();
    return field.isMapField() ? inside(type.findFieldByName("value")) : type;
  }

  /** Whether a reference may stand in a message of this type, or in one inside it. */
  private boolean leads(Descriptor type) {
    var known = leading.get(type);
    if (known != null) {
      return known;
    }
    var seen = new HashSet<Descriptor>();
    var open = new ArrayDeque<Descriptor>(List.of(type));
    boolean leads = false;
    while (!leads && !open.isEmpty()) {
      var next = open.pop();
      if (seen.add(next)) {
        leads = isNaming(next);
        next.getFields().stream()
            .map(ReferenceReader::inside)
            .filter(inner -> inner != null)
            .forEach(open::push);
      }
    }
    leading.put(type, leads);
    return leads;
  }

  private static boolean isNaming(Descriptor type) {
    return Set.of(ANY, CLUSTER, API_CONFIG_SOURCE, CONFIG_SOURCE).contains(type.getFullName())
        || ReferenceTable.BY_MESSAGE.containsKey(type.getFullName());
  }
}
