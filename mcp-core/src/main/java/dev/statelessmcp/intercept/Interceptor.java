package dev.statelessmcp.intercept;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.protocol.ErrorCode;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Runs around every operation, on every transport, on the thread that serves it: requests,
 * notifications, and messages that are refused. It may refuse an operation, answer it, or change
 * its result. Implementations are safe from any number of threads.
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
 * <p>To watch operations without taking part in them use an {@link Observer}.
 */
@FunctionalInterface
public interface Interceptor {

  /**
   * Serves an operation, usually by {@code next.call()}.
   *
   * @param operation the operation
   * @param next the interceptors after this one, and then the operation itself; call it at most
   *     once, on this thread. For a refused operation it throws the reason
   * @return the result; not null. A tool that failed has {@code isError} in it. The result for a
   *     notification is ignored.
   * @throws Exception {@code McpException} for an error that the client gets, with an HTTP status
   *     and headers where there is HTTP; any other exception is logged, and the client gets an
   *     internal error
   */
  ObjectNode around(Operation operation, Callable<ObjectNode> next) throws Exception;

  /**
   * Wraps the work on a message, on the thread that has received the message. A transport may serve
   * it on another thread, once its content has come: what belongs to the first thread, such as its
   * current trace span, goes along in what is returned. Called only where the threads differ.
   *
   * @param work serves the message; not null
   * @return runs the work once, on the thread that calls it; by default the work itself; not null
   */
  default Runnable carry(Runnable work) {
    return work;
  }

  /**
   * Limits how often each caller may call tools, get prompts, read resources, complete arguments
   * and call methods of extensions: a token bucket for each caller, within this process. An
   * operation beyond the limit is answered with error {@link ErrorCode#RATE_LIMITED}, and over HTTP
   * with status 429 and {@code Retry-After}. The least recently seen of more than 10,000 callers is
   * forgotten.
   *
   * @param calls how many calls each caller may make; at least 1
   * @param period in which time; as many may come at once; more than 0
   * @return the limit
   * @throws IllegalArgumentException if a number is less than that
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#security-considerations">"Servers
   *     MUST: … Rate limit tool invocations"</a>
   */
  static Interceptor rateLimit(int calls, Duration period) {
    return new RateLimit(calls, period, System::nanoTime);
  }
}
