package dev.statelessmcp.lambda;

/** What sends the events of a function. */
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
  /** Whoever may invoke the function, with a bare JSON-RPC message. */
  DIRECT(6),
  /** Amazon Bedrock AgentCore Gateway, with the bare arguments of a tool. */
  AGENTCORE_GATEWAY(6);

  private final int megabytes;

  EventSource(int megabytes) {
    this.megabytes = megabytes;
  }

  /**
   * The largest answer that gets through, as the service counts it: the JSON of the whole answer,
   * with the body as a string in it.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
   *     quotas</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html">Lambda
   *     functions as targets</a>
   */
  int maxAnswerBytes() {
    return megabytes << 20;
  }

  /** Whether API Gateway stands in front, which gives up by its own clock. */
  boolean isApiGateway() {
    return this == REST_API || this == HTTP_API;
  }
}
