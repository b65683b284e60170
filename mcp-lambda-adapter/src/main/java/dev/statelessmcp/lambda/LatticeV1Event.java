package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.http.HttpHeaders;

/**
 * A target group of VPC Lattice, event format 1.0. It says nothing of who calls.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html">Lambda
 *     functions as targets in VPC Lattice</a>
 */
final class LatticeV1Event extends HttpEvent {

  private LatticeV1Event(ObjectNode event) {
    super(event, EventSource.LATTICE);
  }

  static HttpEvent from(ObjectNode event) {
    return new LatticeV1Event(event);
  }

  @Override
  String method() {
    return text(event.path("method"), "");
  }

  @Override
  String path() {
    return withoutQuery(text(event.path("raw_path"), "/"));
  }

  @Override
  HttpHeaders readHeaders() {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    addSingle(headers, event.path("headers"));
    return headers.build();
  }

  @Override
  String sourceIp() {
    return last(headers().get("x-forwarded-for"));
  }

  @Override
  boolean isBase64() {
    return event.path("is_base64_encoded").asBoolean(false);
  }

  @Override
  void putHeaders(HttpHeaders headers, ObjectNode answer) {
    putSingle(headers, answer.putObject("headers"));
  }
}
