package dev.statelessmcp.lambda.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of one invocation of a function.
 *
 * @param requestId the id that the function saw in its context
 * @param payload the handler's answer, or the JSON of an error ({@code errorType},
 *     {@code errorMessage}, and {@code stackTrace} if the runtime sent one), as from the service
 * @param errorType null for an answer; for an error the type from the runtime or the platform, such
 *     as {@code Runtime.UserException} or {@code Runtime.ExitError}
 * @param duration the time from passing the event to the end of the answer, without time in the
 *     queue
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record InvocationResult(
    String requestId, byte[] payload, @Nullable String errorType, Duration duration) {

  static final String EXIT_ERROR = "Runtime.ExitError";
  static final String TIMED_OUT = "Sandbox.Timedout";
  static final String TOO_LARGE = "Function.ResponseSizeTooLarge";
  static final String TRUNCATED = "Runtime.TruncatedResponse";

  /**
   * Whether the service would set {@code FunctionError}.
   *
   * @return true if {@code errorType} is not null
   */
  public boolean isError() {
    return errorType != null;
  }

  /**
   * The payload as text, for assertions.
   *
   * @return the payload, read as UTF-8
   */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** An error that the platform, not the function, reports. */
  static InvocationResult platformError(
      String requestId, String type, String message, Duration took) {
    // The text needs no escapes, so no JSON library is used.
    String json = "{\"errorType\":\"%s\",\"errorMessage\":\"%s\"}".formatted(type, message);
    return new InvocationResult(requestId, json.getBytes(StandardCharsets.UTF_8), type, took);
  }

  /** The result of an invocation for which no process could start. */
  static InvocationResult initError(String reason) {
    String plain = reason.replaceAll("[\"\\\\\\p{Cntrl}]", "'");
    return platformError("none", EXIT_ERROR, plain, Duration.ZERO);
  }

  @Override
  public String toString() {
    return (isError() ? errorType + " " : "answer ")
        + requestId
        + " after "
        + duration
        + ": "
        + text();
  }
}
