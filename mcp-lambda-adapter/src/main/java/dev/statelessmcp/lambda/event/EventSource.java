package dev.statelessmcp.lambda.event;

/** The kind of the sender of an event. */
public enum EventSource {
  /** A REST API of API Gateway. */
  REST_API(6),
  /** An HTTP API of API Gateway, with payload format 1.0 or 2.0. */
  HTTP_API(6),
  /** A function URL. */
  FUNCTION_URL(6),
  /** A target group of an Application Load Balancer. */
  LOAD_BALANCER(1),
  /** A target group of VPC Lattice, with event format 1.0 or 2.0. */
  LATTICE(6),
  /** A direct invocation with a bare JSON-RPC message or batch. */
  DIRECT(6),
  /** Amazon Bedrock AgentCore Gateway, with the bare arguments of a tool. */
  AGENTCORE_GATEWAY(6);

  private final int megabytes;

  EventSource(int megabytes) {
    this.megabytes = megabytes;
  }

  /**
   * The maximum size of a response of the service: of the JSON of the whole response, in which the
   * body is a string. Streamed responses may be larger.
   *
   * @return the maximum in bytes, inclusive
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
   *     quotas</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html">Lambda
   *     functions as targets</a>
   */
  public int maxResponseBytes() {
    return megabytes << 20;
  }

  /**
   * Whether the sender is API Gateway, which has its own timeout.
   *
   * @return true for {@link #REST_API} and {@link #HTTP_API}
   */
  public boolean isApiGateway() {
    return this == REST_API || this == HTTP_API;
  }
}
