package dev.statelessmcp.lambda.test;

/** What invokes a function, and so the form of its events and answers. */
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
   * A direct invocation: the event is the message. Nothing says the revision of a legacy message
   * here, so the function takes it for one of 2025-03-26.
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
