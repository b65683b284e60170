package dev.statelessmcp.completion;

import dev.statelessmcp.call.Call;
import java.util.Map;

/**
 * Suggests values for an argument of a prompt or a variable of a resource template. Implementations
 * must be thread-safe.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/completion">Completion</a>
 */
@FunctionalInterface
public interface Completer {

  /**
   * Suggests values.
   *
   * @param value the text that the user has typed so far; may be empty, not null
   * @param arguments the arguments that already have a value, by name; not null
   * @param call the request; not null
   * @return the suggestions; not null
   * @throws Exception {@code McpException} for an error that the client gets; any other exception
   *     is logged, and the client gets an internal error
   */
  Completion complete(String value, Map<String, String> arguments, Call call) throws Exception;
}
