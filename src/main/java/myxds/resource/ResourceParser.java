package myxds.resource;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document in any of the shapes that people already have: a list under {@code resources:}
 * (the file that Envoy itself reads through {@code path_config_source}), one resource with
 * {@code @type} at its top, or a bootstrap's {@code static_resources:}. Bad input is a problem,
 * never a throw; what is good beside it is still returned.
 */
public final class ResourceParser {
  private static final Map<String, ResourceType> STATIC =
      Map.of(
          "listeners", ResourceType.LISTENER,
          "clusters", ResourceType.CLUSTER,
          "secrets", ResourceType.SECRET);

  private static final Set<String> RESPONSE_KEYS =
      Set.copyOf(
          DiscoveryResponse.getDescriptor().getFields().stream()
              .flatMap(field -> List.of(field.getName(), field.getJsonName()).stream())
              .toList());

  private final Schema schema;

  public ResourceParser(Schema schema) {
    this.schema = schema;
  }

  public Parsed parse(Document document) {
    var read = TreeReader.read(document);
    var run = new Run(new ArrayList<>(), new ArrayList<>(read.problems()), read.spelled());
    read.trees().forEach(run::document);
    return new Parsed(run.resources, run.problems);
  }

  /** One parsing of one document. */
  private final class Run {
    private final List<Resource> resources;
    private final List<Problem> problems;
    private final boolean spelled;

    Run(List<Resource> resources, List<Problem> problems, boolean spelled) {
      this.resources = resources;
      this.problems = problems;
      this.spelled = spelled;
    }

    void document(Tree tree) {
      if (!(tree instanceof Tree.Mapping mapping)) {
        add(Problem.error(tree.origin(), tree.kind() + ", not a resource (expected: a mapping)"));
      } else if (mapping.get("resources") != null) {
        response(mapping);
      } else if (mapping.get("@type") != null) {
        resource(mapping);
      } else if (mapping.get("static_resources") != null) {
        bootstrap(mapping);
      } else {
        add(
            Problem.error(
                tree.origin(),
                "no resource (expected: \"resources:\", \"@type:\" or \"static_resources:\")"));
      }
    }

    private void response(Tree.Mapping mapping) {
      mapping.entries().stream()
          .filter(entry -> !entry.key().equals("@type") && !RESPONSE_KEYS.contains(entry.key()))
          .forEach(entry ->
              add(
                  Problem.error(
                      entry.origin(),
                      "unknown key \"%s\" beside \"resources\"".formatted(entry.key()))));
      elements(mapping.get("resources")).forEach(this::resource);
    }

    private void bootstrap(Tree.Mapping mapping) {
      mapping.without("static_resources").forEach(this::ignored);
      var given = mapping.get("static_resources");
      if (!(given instanceof Tree.Mapping resources)) {
        if (given != null && !given.isNothing()) {
          add(Problem.error(mapping.origin(), "static_resources: not a mapping"));
        }
        return;
      }
      for (var entry : resources.entries()) {
        var type = STATIC.get(entry.key());
        if (type == null) {
          ignored(entry);
        } else {
          elements(entry.value()).forEach(element -> resource(type, element, Wrapper.NONE));
        }
      }
    }

    private void ignored(Tree.Entry entry) {
      add(
          Problem.warning(
              entry.origin(),
              "\"%s\" is ignored: a control plane serves resources, a bootstrap has the rest"
                  .formatted(entry.key())));
    }

    private List<Tree.Mapping> elements(@Nullable Tree tree) {
      var elements = new ArrayList<Tree.Mapping>();
      if (tree instanceof Tree.Sequence sequence) {
        for (var element : sequence.elements()) {
          if (element instanceof Tree.Mapping mapping) {
            elements.add(mapping);
          } else {
            add(Problem.error(element.origin(), element.kind() + " (expected: a resource)"));
          }
        }
      } else if (tree instanceof Tree.Mapping one) {
        elements.add(one);
      } else if (tree != null && !tree.isNothing()) {
        add(Problem.error(tree.origin(), tree.kind() + " (expected: a list of resources)"));
      }
      return elements;
    }

    private void resource(Tree.Mapping mapping) {
      var url = mapping.text("@type");
      if (url == null) {
        add(
            Problem.error(
                mapping.origin(),
                "a resource without \"@type\" (expected: type.googleapis.com/…)"));
      } else if (ResourceType.of(url).messageName().equals(Wrapper.NAME)) {
        wrapped(mapping);
      } else {
        resource(ResourceType.of(url), mapping, Wrapper.NONE);
      }
    }

    private void wrapped(Tree.Mapping mapping) {
      var wrapper = Wrapper.read(mapping, schema);
      problems.addAll(wrapper.problems());
      if (!(mapping.get("resource") instanceof Tree.Mapping inner)) {
        add(Problem.error(mapping.origin(), "a wrapper without \"resource\""));
        return;
      }
      var url = inner.text("@type");
      if (url == null) {
        add(Problem.error(inner.origin(), "a resource without \"@type\""));
        return;
      }
      resource(ResourceType.of(url), inner, wrapper);
    }

    private void resource(ResourceType type, Tree.Mapping tree, Wrapper wrapper) {
      var prototype = schema.message(type.typeUrl());
      if (prototype.isEmpty()) {
        add(FieldLocator.unknownType(tree, type.typeUrl(), schema));
        return;
      }
      var fields = new Tree.Mapping(tree.without("@type").toList(), tree.origin());
      var message = message(type, fields, prototype.get());
      if (message == null) {
        return;
      }
      var name = wrapper.name().isEmpty() ? ResourceName.of(message) : wrapper.name();
      if (name.isEmpty()) {
        nameless(type, message, tree.origin(), wrapper.delivery());
        return;
      }
      var id = new ResourceId(type, XdsName.canonical(name));
      resources.add(new Resource(id, message, tree.origin(), wrapper.delivery()));
    }

    private void nameless(ResourceType type, Message message, Origin origin, Delivery delivery) {
      var name = type.equals(ResourceType.LISTENER) ? AddressName.of(message) : "";
      if (name.isEmpty()) {
        add(
            Problem.error(
                origin,
                "a resource of %s without a name (expected: %s)"
                    .formatted(type.messageName(), ResourceName.expected(message))));
        return;
      }
      var id = new ResourceId(type, name);
      var text = "a listener without a name is served as \"%s\"".formatted(name);
      add(Problem.warning(origin, text).in(id));
      resources.add(new Resource(id, ResourceName.named(message, name), origin, delivery));
    }

    private @Nullable Message message(ResourceType type, Tree.Mapping tree, Message prototype) {
      try {
        // What is strict already, as nearly all is, is not walked through for it.
        return spelled ? leniently(type, tree, prototype) : merged(tree, prototype);
      } catch (InvalidProtocolBufferException e) {
        return leniently(type, tree, prototype);
      }
    }

    private Message merged(Tree tree, Message prototype) throws InvalidProtocolBufferException {
      var builder = prototype.newBuilderForType();
      schema.merge(tree.json(), builder);
      requireAll(builder);
      return builder.build();
    }

    private @Nullable Message leniently(ResourceType type, Tree.Mapping tree, Message prototype) {
      var strict = new LooseForm(schema).strict(tree, prototype.getDescriptorForType());
      try {
        return merged(strict, prototype);
      } catch (InvalidProtocolBufferException e) {
        var said = FieldLocator.explain(e, strict, prototype.getDescriptorForType(), schema);
        var name = tree.text(ResourceName.field(prototype));
        var id = new ResourceId(type, name == null ? "" : name);
        said.forEach(problem -> add(problem.in(id)));
        return null;
      }
    }

    /** In files of proto2, which may be an operator's own, a field can be required. */
    private static void requireAll(Message.Builder builder) throws InvalidProtocolBufferException {
      var missing = builder.findInitializationErrors();
      if (!missing.isEmpty()) {
        throw new InvalidProtocolBufferException(
            "Message missing required fields: " + String.join(", ", missing));
      }
    }

    private void add(Problem problem) {
      problems.add(problem);
    }
  }
}
