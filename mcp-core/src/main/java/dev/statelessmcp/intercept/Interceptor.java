package dev.statelessmcp.intercept;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.protocol.ErrorCode;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Runs around every operation, on every transport, on the thread that serves it: requests,
 * notifications, and messages that are refused. It may refuse an operation, answer it, or change
 * its result. Implementations must be thread-safe.
 *
 * <pre>{@code
 * Interceptor audit =
 *     (operation, next) -> {
 *       if (operation.caller().isAnonymous() && operation.method().equals("tools/call")) {
 *         throw new McpException(403, "Sign in first").http(403, Map.of());
 *       }
 *       return next.call();
 *     };
 * }</pre>
 *
 * <p>To watch operations without changing them, use an {@link Observer}.
 */
@FunctionalInterface
public interface Interceptor {

  /**
   * Serves an operation, usually by {@code next.call()}.
   *
   * @param operation the operation
   * @param next the interceptors after this one, and then the operation itself; call it at most
   *     once, on this thread. For a refused operation it throws the reason
   * @return the result; not null. That of a tool that failed has {@code isError}. The result for a
   *     notification is ignored
   * @throws Exception {@code McpException} for an error that the client gets, with an HTTP status
   *     and headers where there is HTTP; any other exception is logged, and the client gets an
   *     internal error
   */
  ObjectNode around(Operation operation, Callable<ObjectNode> next) throws Exception;

  /**
   * Wraps the processing of a message, so that it takes thread-local context, such as the current
   * trace span, from the thread that received the message to the thread that serves it. Called on
   * the thread that received the message, and only if another thread serves it.
   *
   * @param work serves the message; not null
   * @return runs {@code work} once, on the thread that calls it; by default {@code work}; not null
   */
  default Runnable carry(Runnable work) {
    return work;
  }

  /**
   * Limits how often each caller may call tools, get prompts, read resources, complete arguments
   * and call methods of extensions: a token bucket for each caller, within this process. An
   * operation beyond the limit is answered with error {@link ErrorCode#RATE_LIMITED}, and over HTTP
   * with status 429 and {@code Retry-After}. It remembers the 10,000 callers that it has seen most
   * recently.
   *
   * @param calls the number of calls that each caller may make in a period, and at once; at least 1
   * @param period the period; more than 0
   * @return the interceptor
   * @throws IllegalArgumentException if {@code calls} or {@code period} is less
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#security-considerations">"Servers
   *     MUST: … Rate limit tool invocations"</a>
   */
  static Interceptor rateLimit(int calls, Duration period) {
    return new RateLimit(calls, period, System::nanoTime);
  }
}
