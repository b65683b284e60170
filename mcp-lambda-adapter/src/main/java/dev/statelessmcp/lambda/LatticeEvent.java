package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.HttpHeaders;

/**
 * A target group of VPC Lattice, event format 2.0.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html">Lambda
 *     functions as targets in VPC Lattice</a>
 */
final class LatticeEvent extends HttpEvent {

  private LatticeEvent(ObjectNode event) {
    super(event, EventSource.LATTICE);
  }

  static HttpEvent from(ObjectNode event) {
    return new LatticeEvent(event);
  }

  @Override
  String method() {
    return text(event.path("method"), "");
  }

  @Override
  String path() {
    return withoutQuery(text(event.path("path"), "/"));
  }

  @Override
  HttpHeaders readHeaders() {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    addMulti(headers, event.path("headers"));
    return headers.build();
  }

  @Override
  Caller caller() {
    return Callers.ofLattice(event.path("requestContext"));
  }

  @Override
  String sourceIp() {
    return last(headers().get("x-forwarded-for"));
  }

  @Override
  void putHeaders(HttpHeaders headers, ObjectNode answer) {
    putSingle(headers, answer.putObject("headers"));
  }
}
