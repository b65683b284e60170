package dev.statelessmcp.intercept;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message that is being served, as interceptors and observers see it. Implemented by the library;
 * methods may be added in later versions.
 */
public interface Operation {

  /**
   * The method.
   *
   * @return such as {@code tools/call}; empty for a request that was refused before its message was
   *     read, such as one without credentials
   */
  String method();

  /**
   * The tool or prompt, or the URI of the resource.
   *
   * @return empty if there is none
   */
  Optional<String> name();

  /**
   * Whether the {@link #name} must not be readable in logs; see {@code ExtensionMethod.secretName}.
   *
   * @return true if it is secret
   */
  default boolean hasSecretName() {
    return false;
  }

  /**
   * The id of the request.
   *
   * @return empty for a notification, and where the message was not read
   */
  Optional<RequestId> requestId();

  /**
   * Whether the message is a notification, which has no answer.
   *
   * @return true if it is
   */
  default boolean isNotification() {
    return false;
  }

  /**
   * Whether the message is refused before its handler runs: by the protocol, or by a rule or limit
   * of the transport. {@code next.call()} of an {@link Interceptor} then throws the reason.
   *
   * @return true if it is
   */
  boolean isRefused();

  /**
   * Whether the client no longer waits for the answer: it has cancelled the request or closed the
   * connection, or the request has timed out.
   *
   * @return true if it does not wait; false before the operation has begun
   */
  boolean isCancelled();

  /**
   * Whether the operation counts against rate limits: it runs a handler of a tool, prompt, resource
   * or extension, or completes an argument.
   *
   * @return true if it does
   */
  boolean isLimited();

  /**
   * The transport of the message.
   *
   * @return such as {@code stdio}, {@code http} or {@code lambda}
   */
  String transport();

  /**
   * The era that serves the message.
   *
   * @return modern or legacy
   */
  Era era();

  /**
   * The parameters of the message.
   *
   * @return must not be changed; empty if the message has none, or was not read
   */
  ObjectNode params();

  /**
   * The metadata of the request.
   *
   * @return empty for a notification, and for a request whose metadata is not valid
   */
  Optional<RequestMeta> requestMeta();

  /**
   * The authenticated caller.
   *
   * @return {@link Caller#ANONYMOUS} if there is none
   */
  Caller caller();

  /**
   * The HTTP headers.
   *
   * @return values by lower case name; empty if the transport is not HTTP
   */
  Map<String, List<String>> headers();

  /**
   * The trace that the message is part of.
   *
   * @return never null
   */
  TraceContext trace();

  /**
   * The attributes that the transport has set.
   *
   * @return never null
   */
  Attributes attributes();

  /**
   * The time since the message was admitted.
   *
   * @return never negative
   */
  Duration elapsed();

  /**
   * The {@code error.type} of the semantic conventions, for metrics and traces: {@code tool_error}
   * for a result with {@code isError}, the code of the error that the client gets, or the name of
   * the exception if the client gets no answer. Errors of the client, with the codes -32700,
   * -32600, -32601, -32602 and -32002, do not count.
   *
   * @param result the result; null if there is none
   * @param failure the exception; null if there is a result
   * @return empty if the server did not fail
   * @see <a
   *     href="https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/mcp.md#server">Semantic
   *     conventions: MCP server spans</a>
   */
  default Optional<String> errorType(@Nullable ObjectNode result, @Nullable Throwable failure) {
    if (failure == null) {
      return result != null && result.path("isError").asBoolean(false)
          ? Optional.of("tool_error")
          : Optional.empty();
    }
    if (failure instanceof McpException known) {
      int code = known.error().code();
      return switch (code) {
        case ErrorCode.PARSE_ERROR,
            ErrorCode.INVALID_REQUEST,
            ErrorCode.METHOD_NOT_FOUND,
            ErrorCode.INVALID_PARAMS,
            ErrorCode.LEGACY_RESOURCE_NOT_FOUND -> Optional.empty();
        default -> Optional.of(Integer.toString(code));
      };
    }
    return Optional.of(
        isCancelled() ? failure.getClass().getName() : Integer.toString(ErrorCode.INTERNAL_ERROR));
  }
}
