package dev.statelessmcp.completion;

import dev.statelessmcp.call.Call;
import java.util.Map;

/**
 * Suggests values for an argument of a prompt or a variable of a resource template. Implementations
 * are safe from any number of threads.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/completion">Completion</a>
 */
@FunctionalInterface
public interface Completer {

  /**
   * Suggests values.
   *
   * @param value what the user has typed so far; may be empty, not null
   * @param arguments the arguments that have a value already, by name; not null
   * @param call the request, which knows the caller; not null
   * @return the suggestions; not null
   * @throws Exception {@code McpException} for an error that the client gets; any other exception
   *     is logged, and the client gets an internal error
   */
  Completion complete(String value, Map<String, String> arguments, Call call) throws Exception;
}
