package dev.statelessmcp.intercept;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request log for one operation; never arguments, results or credentials. Text from
 * the client is shortened, and its line breaks and control characters are escaped, see
 * {@link Json#printable}. An observer writes a log in a custom format:
 *
 * <pre>{@code
 * Observer log =
 *     operation ->
 *         new RequestLine(
 *             operation,
 *             line -> logger.info(line.method() + " " + line.target() + " " + line.outcome()));
 * }</pre>
 *
 * <p>Not thread-safe: used by the thread that serves the operation.
 */
public final class RequestLine implements BiConsumer<@Nullable ObjectNode, @Nullable Throwable> {
  /** Limits how much a client can write into the log. */
  private static final int MAX_NAME = 128;

  /** A reason may quote a header. */
  private static final int MAX_REASON = 256;

  /** Enough of a secret name to recognise it, and too little to use it. */
  private static final int SHOWN_OF_SECRET = 8;

  private final Operation operation;
  private final Consumer<RequestLine> log;
  private @Nullable ObjectNode result; // null before the end, and where there is a failure
  private @Nullable Throwable failure; // null before the end, and where there is a result

  /**
   * Begins the line of an operation.
   *
   * @param operation the operation; not null
   * @param log takes the line when the operation has ended; not null
   */
  public RequestLine(Operation operation, Consumer<RequestLine> log) {
    this.operation = Objects.requireNonNull(operation, "operation");
    this.log = Objects.requireNonNull(log, "log");
  }

  @Override
  public void accept(@Nullable ObjectNode newResult, @Nullable Throwable newFailure) {
    result = newResult;
    failure = newFailure;
    log.accept(this);
  }

  /**
   * The operation.
   *
   * @return never null
   */
  public Operation operation() {
    return operation;
  }

  /**
   * The exception of the operation.
   *
   * @return an {@code McpException} if the client is told the reason; empty if there is a result
   */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * The method.
   *
   * @return such as {@code tools/call}; empty if no message was read
   */
  public String method() {
    return Json.printable(operation.method(), MAX_NAME);
  }

  /**
   * The tool or prompt, or the URI of the resource without its query, fragment and user, which may
   * contain secrets. Only the beginning of a {@link Operation#hasSecretName secret name}.
   *
   * @return empty if there is none; never null
   */
  public String target() {
    String name = operation.name().orElse("");
    if (operation.hasSecretName() && name.length() > SHOWN_OF_SECRET) {
      name = name.substring(0, SHOWN_OF_SECRET) + "...";
    }
    return Json.printable(isOfResource() ? withoutSecrets(name) : name, MAX_NAME);
  }

  /**
   * The kind of the {@link #target}.
   *
   * @return {@code tool}, {@code prompt}, {@code uri}, or {@code name} for methods of extensions
   */
  public String targetKind() {
    String method = operation.method();
    if (method.startsWith("tools/")) {
      return "tool";
    }
    if (method.startsWith("prompts/")) {
      return "prompt";
    }
    return isOfResource() ? "uri" : "name";
  }

  private boolean isOfResource() {
    return operation.method().startsWith("resources/");
  }

  /**
   * A URI without its query, fragment and user, for a log.
   *
   * @param uri the URI, which need not be valid; not null
   * @return the shortened URI; never null
   */
  public static String withoutSecrets(String uri) {
    int end = uri.length();
    for (int i = 0; i < end; i++) {
      if (uri.charAt(i) == '?' || uri.charAt(i) == '#') {
        end = i;
      }
    }
    String shown = uri.substring(0, end);
    int authority = shown.indexOf("://") + 3;
    int slash = authority < 3 ? -1 : shown.indexOf('/', authority);
    int at = authority < 3 ? -1 : shown.lastIndexOf('@', slash < 0 ? end : slash);
    return at < authority ? shown : shown.substring(0, authority) + shown.substring(at + 1);
  }

  /**
   * The revision of the protocol; in the legacy era the one that {@code initialize} negotiated.
   *
   * @return such as {@code 2026-07-28}; empty if the request was refused before it was known
   */
  public String version() {
    if (result != null && operation.method().equals("initialize")) {
      return result.path("protocolVersion").asText();
    }
    RequestMeta meta = operation.requestMeta().orElse(null);
    return meta == null ? "" : meta.version().toString();
  }

  /**
   * The name and version of the client, or else its {@code User-Agent} header.
   *
   * @return empty if neither is known; never null
   */
  public String client() {
    RequestMeta meta = operation.requestMeta().orElse(null);
    Implementation info = meta == null ? null : meta.clientInfo().orElse(null);
    if (info != null) {
      return Json.printable(info.name() + " " + info.version(), MAX_NAME);
    }
    List<String> agents = operation.headers().get("user-agent");
    return agents == null || agents.isEmpty() ? "" : Json.printable(agents.get(0), MAX_NAME);
  }

  /**
   * The id of the request.
   *
   * @return the text or the number; empty if there is none
   */
  public String requestId() {
    return operation.requestId().isEmpty()
        ? ""
        : Json.printable(operation.requestId().get().toJson().asText(), MAX_NAME);
  }

  /**
   * The outcome of the operation.
   *
   * @return {@code ok}, {@code tool_error} for a result with {@code isError}, {@code refused} if it
   *     did not reach its handler, {@code cancelled} if the client no longer waited, or
   *     {@code error}
   */
  public String outcome() {
    if (failure == null) {
      return result != null && result.path("isError").asBoolean(false) ? "tool_error" : "ok";
    }
    if (operation.isRefused()) {
      return "refused";
    }
    return operation.isCancelled() ? "cancelled" : "error";
  }

  /**
   * The code of the error that the client got.
   *
   * @return such as -32602; -32603 for a failure of the server; 0 if there is no error
   */
  public int errorCode() {
    if (failure == null) {
      return 0;
    }
    return failure instanceof McpException known ? known.error().code() : ErrorCode.INTERNAL_ERROR;
  }

  /**
   * The HTTP status that the exception of the operation sets; see {@link McpException#http}.
   *
   * @return 0 if it sets none
   */
  public int httpStatus() {
    return failure instanceof McpException known ? known.httpStatus() : 0;
  }

  /**
   * Why the operation was refused. Errors of handlers are left out, because they may quote
   * arguments.
   *
   * @return a sentence; empty if the operation was not refused
   */
  public String reason() {
    return failure instanceof McpException known && operation.isRefused()
        ? Json.printable(known.error().message(), MAX_REASON)
        : "";
  }
}
