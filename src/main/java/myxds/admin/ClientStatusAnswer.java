package myxds.admin;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import java.nio.charset.StandardCharsets;

/** The client status (CSDS) of all nodes, in the JSON of Envoy's API. */
final class ClientStatusAnswer {
  private final AdminServer.Facts facts;

  ClientStatusAnswer(AdminServer.Facts facts) {
    this.facts = facts;
  }

  Reply to(byte[] body) {
    var request = ClientStatusRequest.newBuilder();
    var text = new String(body, StandardCharsets.UTF_8);
    try {
      facts.schema().mergeLeniently(text.isBlank() ? "{}" : text, request);
      var response = facts.clientStatus().apply(request.build());
      return Reply.of(200, "application/json", facts.schema().json(response) + "\n");
    } catch (InvalidProtocolBufferException e) {
      var detail = "the body is not a ClientStatusRequest as JSON: " + e.getMessage();
      return Reply.problem(400, "Bad Request", detail);
    } catch (IllegalArgumentException e) {
      return Reply.problem(400, "Bad Request", String.valueOf(e.getMessage()));
    }
  }
}
