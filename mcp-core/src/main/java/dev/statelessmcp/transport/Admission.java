package dev.statelessmcp.transport;

import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.McpException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request after the checks of the protocol and before its handler runs. Not thread-safe; it is
 * run once.
 */
public interface Admission {

  /**
   * Whether the protocol refuses the request, because of its version, metadata or method.
   * {@link #run} then returns the error without running a handler, so limits need not be applied.
   *
   * @return true if it does
   */
  boolean isRefused();

  /**
   * Whether the request lasts until the client or the server ends it, so that the limit of
   * concurrent calls does not apply.
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
   * The arguments that HTTP clients mirror into headers. Looks up the tool, which may take time:
   * apply the limit of concurrent calls first. If the look-up fails, the request is refused, and
   * {@link #run} returns the error.
   *
   * @return the path of each argument, by the name of its header in lower case; empty if there are
   *     none or the request is not {@code tools/call}
   */
  Map<String, List<String>> mirroredParameters();

  /**
   * Refuses the request on behalf of the transport. Interceptors see the refusal.
   *
   * @param why the error for the client; not null
   * @return the answer
   */
  JsonRpcMessage.Response refuse(McpException why);

  /**
   * Runs the request. Blocks until it is answered. A malformed request does not cause an exception.
   *
   * @return the answer; the transport discards it if the call was cancelled
   */
  JsonRpcMessage.Response run();
}
