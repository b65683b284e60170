package dev.statelessmcp.lambda.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * An event of a VPC Lattice target group, format 1.0 or 2.0. Format 1.0 does not identify the
 * caller.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html">Lambda
 *     functions as targets in VPC Lattice</a>
 */
final class LatticeEvent extends HttpEvent {
  private final boolean version2;

  private LatticeEvent(ObjectNode event, boolean version2) {
    super(event, EventSource.LATTICE);
    this.version2 = version2;
  }

  /**
   * Reads an event of format 1.0. Because of its return type the JVM loads this class only when
   * needed.
   */
  static HttpEvent version1(ObjectNode event) {
    return new LatticeEvent(event, false);
  }

  /** Reads an event of format 2.0. */
  static HttpEvent version2(ObjectNode event) {
    return new LatticeEvent(event, true);
  }

  @Override
  String method() {
    return text(event.path("method"), "");
  }

  @Override
  String path() {
    String path = text(event.path(version2 ? "path" : "raw_path"), "/");
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  @Override
  HttpHeaders readHeaders() {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    if (version2) {
      addMulti(headers, event.path("headers"));
    } else {
      addSingle(headers, event.path("headers"));
    }
    return headers.build();
  }

  @Override
  public Caller caller() {
    return version2 ? Callers.ofLattice(event.path("requestContext")) : Caller.ANONYMOUS;
  }

  @Override
  public @Nullable String sourceIp() {
    return last(headers().get("x-forwarded-for").orElse(null));
  }

  @Override
  boolean isBase64() {
    return event.path(version2 ? "isBase64Encoded" : "is_base64_encoded").asBoolean(false);
  }
}
