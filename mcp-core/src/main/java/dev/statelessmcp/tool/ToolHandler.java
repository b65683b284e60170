package dev.statelessmcp.tool;

/**
 * What a tool does. One handler serves all calls, from several threads at once.
 *
 * @param <I> the arguments
 * @param <O> the answer
 */
@FunctionalInterface
public interface ToolHandler<I, O> {

  /**
   * Serves one call. If the call is cancelled the thread is interrupted.
   *
   * @param input the arguments, which satisfy the tool's schema; not null
   * @param call everything else about the call; not null
   * @return the answer; not null
   * @throws ToolException if the model can fix it; it reads the message
   * @throws dev.statelessmcp.protocol.McpException if the client can fix it: a JSON-RPC error
   * @throws Exception anything else is our own failure: it is logged with a reference, and the
   *     client is told the reference alone
   */
  O handle(I input, ToolCall call) throws Exception;
}
