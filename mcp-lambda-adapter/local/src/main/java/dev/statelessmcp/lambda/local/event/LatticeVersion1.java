package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A target group of a VPC Lattice service, event structure 1.0. */
final class LatticeVersion1 implements EventFormat {
  private final Lattice lattice = new Lattice();

  @Override
  public int maxRequestBytes() {
    return lattice.maxRequestBytes();
  }

  @Override
  public byte[] event(ClientRequest sent) {
    ClientRequest request = sent.forwarded();
    ObjectNode event =
        Json.object().put("raw_path", request.path()).put("method", request.method());
    Json.putAll(event.putObject("headers"), request.headersInLowerCase(), Json::joined);
    Json.putAll(
        event.putObject("query_string_parameters"), Query.decoded(request.query()), Json::last);
    boolean binary = Bodies.isBinary(request);
    event.put("body", Bodies.text(request, binary)).put("is_base64_encoded", binary);
    return Json.bytes(event);
  }

  @Override
  public GatewayResponse answer(ClientRequest request, byte[] payload)
      throws MalformedAnswerException {
    return lattice.answer(request, payload);
  }

  @Override
  public GatewayResponse failure(Failure failure) {
    return lattice.failure(failure);
  }
}
