package dev.statelessmcp.lambda;

/**
 * A call that came from Amazon Bedrock AgentCore Gateway failed. The gateway wants an exception: it
 * takes every normal return for a result.
 */
public final class AgentCoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AgentCoreException(String message) {
    super(message);
  }
}
