package dev.statelessmcp.prompt;

/** Writes the messages of a prompt. Must be thread-safe: one handler serves all requests. */
@FunctionalInterface
public interface PromptHandler {

  /**
   * Writes the messages.
   *
   * @param call the request with its arguments; not null
   * @return the messages; not null
   * @throws Exception {@code McpException} for an error that the client gets; any other exception
   *     is logged, and the client gets an internal error
   */
  PromptResult get(PromptCall call) throws Exception;
}
