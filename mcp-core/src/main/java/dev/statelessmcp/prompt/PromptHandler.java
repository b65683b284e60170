package dev.statelessmcp.prompt;

/** Writes the messages of a prompt. One serves all requests, from several threads at once. */
@FunctionalInterface
public interface PromptHandler {

  /**
   * Writes the messages.
   *
   * @param call the arguments, and everything else; not null
   * @return the messages; not null
   * @throws Exception {@code McpException} for the client; anything else is our own failure
   */
  PromptResult get(PromptCall call) throws Exception;
}
