package dev.statelessmcp.lambda;

/**
 * A tool call of Amazon Bedrock AgentCore Gateway has failed. It is thrown because the gateway
 * takes every normal return for a result.
 */
final class AgentCoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AgentCoreException(String message) {
    super(message);
  }
}
