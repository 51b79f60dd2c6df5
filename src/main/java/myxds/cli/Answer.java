package myxds.cli;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.envoyproxy.envoy.service.discovery.v3.ResourceError;
import java.util.List;
import myxds.resource.RedactedText;
import myxds.resource.ResourceName;
import myxds.resource.Schema;

/**
 * What a response told, in either dialect of xDS.
 *
 * @param bytes of the whole response
 */
record Answer(
    String version,
    String nonce,
    List<Item> items,
    List<String> removed,
    List<Fault> faults,
    int bytes) {

  /**
   * @param name empty when it is not known
   * @param version empty when it has none of its own
   * @param content the default instance when it came without
   */
  record Item(String name, String version, Any content) {}

  /** Why there is no resource of this name. */
  record Fault(String name, String reason) {}

  static Answer of(Message response, Schema schema) {
    return switch (response) {
      case DiscoveryResponse sotw ->
          new Answer(
              sotw.getVersionInfo(),
              sotw.getNonce(),
              sotw.getResourcesList().stream().map(any -> item(any, schema)).toList(),
              List.of(),
              faults(sotw.getResourceErrorsList()),
              sotw.getSerializedSize());
      case DeltaDiscoveryResponse delta ->
          new Answer(
              delta.getSystemVersionInfo(),
              delta.getNonce(),
              delta.getResourcesList().stream().map(Answer::item).toList(),
              delta.getRemovedResourcesList(),
              faults(delta.getResourceErrorsList()),
              delta.getSerializedSize());
      default -> throw new IllegalArgumentException("no xDS response: " + response.getClass());
    };
  }

  /** SotW has names in the messages only, unless there is a wrapper, for a time to live. */
  private static Item item(Any any, Schema schema) {
    var message = schema.unpack(any);
    return message.orElse(any) instanceof Resource wrapper
        ? item(wrapper)
        : new Item(message.map(ResourceName::of).orElse(""), "", any);
  }

  private static Item item(Resource wrapper) {
    return new Item(wrapper.getName(), wrapper.getVersion(), wrapper.getResource());
  }

  private static List<Fault> faults(List<ResourceError> errors) {
    return errors.stream()
        .map(error ->
            new Fault(
                error.getResourceName().getName(),
                RedactedText.of(error.getErrorDetail().getMessage())))
        .toList();
  }
}
