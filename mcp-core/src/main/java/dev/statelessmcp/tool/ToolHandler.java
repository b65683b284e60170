package dev.statelessmcp.tool;

/**
 * Serves the calls of a tool. Must be thread-safe: one handler serves all calls.
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
   * @throws ToolException if the model can correct the call: it gets the message
   * @throws dev.statelessmcp.protocol.McpException if the client gets a JSON-RPC error
   * @throws Exception any other exception is an internal error: it is logged with a reference, and
   *     the client gets only the reference
   */
  O handle(I input, ToolCall call) throws Exception;
}
