package dev.statelessmcp.lambda;

/**
 * Thrown if a tool call of Amazon Bedrock AgentCore Gateway has failed, because the gateway treats
 * every normal return as a result.
 */
final class AgentCoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AgentCoreException(String message) {
    super(message);
  }
}
