package dev.statelessmcp.transport;

import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.McpException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request of which is decided whether it may run: the protocol's own checks are done, its handler
 * has not begun. Used by one thread, and run once.
 */
public interface Admission {

  /**
   * Whether the protocol refuses the request: its version, metadata or method. {@link #run} then
   * returns the error without running a handler, so no limit needs to be taken.
   *
   * @return true if it does
   */
  boolean isRefused();

  /**
   * Whether the request lasts until the client or the server ends it, and must not be counted among
   * calls that take a moment.
   *
   * @return true for a subscription
   */
  boolean isLongLived();

  /**
   * The member of {@code params} that the header {@code Mcp-Name} mirrors.
   *
   * @return empty if the method has none
   */
  Optional<String> nameMember();

  /**
   * The arguments that HTTP clients mirror into headers. Looks the tool up, which may take time:
   * call it after a place among the concurrent calls has been taken. If the lookup fails the
   * request is refused, and {@link #run} returns the error.
   *
   * @return the names that lead to each argument, by the name of its header in lower case; empty
   *     for anything but a call of a tool that has such arguments
   */
  Map<String, List<String>> mirroredParameters();

  /**
   * Refuses the request for a reason of the transport. Interceptors see it.
   *
   * @param why the error for the client; not null
   * @return the answer
   */
  JsonRpcMessage.Response refuse(McpException why);

  /**
   * Runs the request. Blocks until the answer is there, and throws nothing for what a peer sent.
   *
   * @return the answer; the transport discards it if the call was cancelled
   */
  JsonRpcMessage.Response run();
}
