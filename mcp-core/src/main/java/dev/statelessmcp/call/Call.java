package dev.statelessmcp.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.protocol.RequestMeta;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one call but its arguments. Safe from any number of threads, as long as the call
 * lasts.
 */
public interface Call {

  /**
   * What the request says about itself and its client: version, capabilities, {@code _meta}.
   *
   * @return the metadata; never null
   */
  RequestMeta meta();

  /**
   * Who calls, as the authenticator or the gateway has established it.
   *
   * @return the caller; {@link Caller#ANONYMOUS} where nothing is known
   */
  Caller caller();

  /**
   * The HTTP headers of the request.
   *
   * @return values by lower case name; empty where there is no HTTP
   */
  Map<String, List<String>> headers();

  /**
   * What the transport knows besides, such as the context of a Lambda invocation, and as
   * {@link java.net.InetSocketAddress} the address of an HTTP client, as the server or gateway saw
   * it: the port is 0 if it is not known.
   *
   * @return never null
   */
  Attributes attributes();

  /**
   * The trace that the call is part of.
   *
   * @return never null
   */
  TraceContext trace();

  /**
   * Reports whether the call has been cancelled.
   *
   * @return never null
   */
  Cancellation cancellation();

  /**
   * When the answer must be there.
   *
   * @return the deadline, if there is one
   */
  Optional<Instant> deadline();

  /**
   * Sends the client a progress notification. Does nothing unless the client asked for it, and
   * nothing once the call has been answered.
   *
   * @param progress how much is done; must grow with every report, others are dropped
   * @param total how much there is to do; 0 or less if that is not known
   * @param message a line for people; may be null
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/progress">Progress</a>
   */
  void progress(double progress, double total, @Nullable String message);

  /**
   * Sends the client a log message. Does nothing unless the client wants messages of this level for
   * this request, and nothing once the call has been answered. The server must have been built with
   * {@code logging()}.
   *
   * @param level how much it matters; not null
   * @param logger who says it; may be null
   * @param data the message, as any JSON; not null, without secrets
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/logging">Logging</a>
   * @throws IllegalStateException if the server does not declare the capability
   */
  void log(LogLevel level, @Nullable String logger, JsonNode data);

  /**
   * Ends the call with error -32021 unless the client declared an extension. The error names the
   * extension in {@code data.requiredCapabilities}.
   *
   * @param id the identifier, such as {@code io.modelcontextprotocol/tasks}; not null
   * @throws dev.statelessmcp.protocol.McpException if the client did not declare it
   */
  void requireExtension(String id);

  /**
   * Ends the call with error 403 unless the caller has scopes, beside those that
   * {@code Item.requires} names: such as scopes that depend on the arguments. Scopes that a broader
   * one implies count. The error names all of them in {@code data.requiredScopes}; over HTTP the
   * status is 403 and the {@code WWW-Authenticate} header asks for them, unless the answer has
   * begun as a stream.
   *
   * @param scopes such as {@code files:write}; not null
   * @throws dev.statelessmcp.protocol.McpException if the caller lacks one
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#scope-challenge-handling">Scope
   *     Challenge Handling</a>
   */
  void requireScopes(List<String> scopes);

  /**
   * Whether a question can be asked in this call.
   *
   * @param kind its kind; not null
   * @return true if the handler declared the kind with {@code asks} or {@code mayAsk}, and the
   *     client answers it
   */
  boolean canAsk(QuestionKind kind);

  /**
   * Asks the client, and returns what it answers.
   *
   * <p>In the modern era the handler ends here, and runs again from its top when the answer has
   * come: code before a question must be idempotent. The handler is ended by an {@code Error},
   * which must not be caught.
   *
   * @param key names the question; the same in every run, and unique in it; not null
   * @param question the question; its kind must be declared with {@code asks} or {@code mayAsk}
   * @param <T> what the answer becomes
   * @return the answer
   * @throws DeclinedException if the user declined or cancelled
   * @throws dev.statelessmcp.input.UnansweredException if a client of an earlier revision cannot be
   *     asked here, or its answer is not valid
   * @throws dev.statelessmcp.protocol.McpException with code -32021 if a client of 2026-07-28 did
   *     not declare the capability
   * @throws IllegalStateException if the kind of the question was not declared
   * @throws InterruptedException if the call is cancelled while the client is asked
   */
  <T> T ask(String key, Question<T> question) throws DeclinedException, InterruptedException;

  /**
   * Asks the client several things at once. Afterwards every one of them has its answer.
   *
   * @param questions the questions; not null
   * @throws dev.statelessmcp.input.UnansweredException as {@link #ask(String, Question)} does
   * @throws dev.statelessmcp.protocol.McpException as {@link #ask(String, Question)} does
   * @throws IllegalStateException as {@link #ask(String, Question)} does
   * @throws InterruptedException if the call is cancelled while the client is asked
   */
  void ask(Questions questions) throws InterruptedException;
}
