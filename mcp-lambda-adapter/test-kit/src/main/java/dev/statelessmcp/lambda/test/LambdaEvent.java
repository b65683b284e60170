package dev.statelessmcp.lambda.test;

/** The sender of events, which determines the form of events and answers. */
public enum LambdaEvent {
  /** A REST API of API Gateway. */
  REST_API("rest"),
  /** An HTTP API of API Gateway with payload 2.0. */
  HTTP_API("http"),
  /** An HTTP API of API Gateway with payload 1.0. */
  HTTP_API_1("http1"),
  /** A function URL. */
  FUNCTION_URL("url"),
  /** An Application Load Balancer. */
  LOAD_BALANCER("alb"),
  /** An Application Load Balancer with multi-value headers. */
  LOAD_BALANCER_MULTI_VALUE("alb-multi"),
  /** VPC Lattice, event format 2.0. */
  LATTICE("lattice"),
  /** VPC Lattice, event format 1.0. */
  LATTICE_1("lattice1"),
  /**
   * A direct invocation: the event is the message. A legacy message has no revision here, so the
   * function assumes 2025-03-26.
   */
  DIRECT("direct");

  private final String format;

  LambdaEvent(String format) {
    this.format = format;
  }

  /** Its name among the event formats of the local Lambda. */
  String format() {
    return format;
  }
}
