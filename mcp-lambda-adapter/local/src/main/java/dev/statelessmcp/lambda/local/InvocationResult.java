package dev.statelessmcp.lambda.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one invocation of a function ended with.
 *
 * @param requestId the id that the function saw in its context
 * @param payload the handler's bytes, or the error's JSON ({@code errorType}, {@code errorMessage},
 *     and {@code stackTrace} where the runtime sent one); a caller of the real service gets the
 *     same
 * @param errorType null for an answer; for an error the kind that the runtime or the platform gave,
 *     such as {@code Runtime.UserException} or {@code Runtime.ExitError}
 * @param duration from handing over the event to having the whole answer, without time in the queue
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares invocations
public record InvocationResult(
    String requestId, byte[] payload, @Nullable String errorType, Duration duration) {

  static final String EXIT_ERROR = "Runtime.ExitError";
  static final String TIMED_OUT = "Sandbox.Timedout";
  static final String TOO_LARGE = "Function.ResponseSizeTooLarge";
  static final String TRUNCATED = "Runtime.TruncatedResponse";

  /**
   * Whether the real service would set {@code FunctionError}.
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
    // Everything put in here is our own plain text: nothing to escape, and no JSON library to need.
    String json = "{\"errorType\":\"%s\",\"errorMessage\":\"%s\"}".formatted(type, message);
    return new InvocationResult(requestId, json.getBytes(StandardCharsets.UTF_8), type, took);
  }

  /** An invocation that no process could take. */
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
