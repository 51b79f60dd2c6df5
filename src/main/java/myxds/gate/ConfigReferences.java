package myxds.gate;

import com.google.protobuf.Message;
import java.util.Set;
import java.util.stream.Collectors;
import myxds.resource.ConfigReference;
import myxds.resource.Schema;

/**
 * Reads which resources Envoy requests, through a config source, because of another one. Safe for
 * many threads.
 */
public final class ConfigReferences {
  private final ReferenceReader reader;

  public ConfigReferences(Schema schema) {
    this.reader = new ReferenceReader(schema);
  }

  /** Returns the references of a resource; those that the node resolves by itself are left out. */
  public Set<ConfigReference> of(Message message) {
    return reader.read(message).references().stream()
        .filter(reference -> isRequested(reference.provider()))
        .map(ConfigReferences::requested)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isRequested(Provider provider) {
    return switch (provider) {
      case Provider.Ours ours -> true;
      case Provider.Server server -> true;
      case Provider.Bootstrapped bootstrapped -> false;
      case Provider.Either either -> false;
      case Provider.Elsewhere elsewhere -> false;
    };
  }

  private static ConfigReference requested(Reference reference) {
    return new ConfigReference(
        reference.type(), reference.name(), reference.provider() instanceof Provider.Ours);
  }
}
