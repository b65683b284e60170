package dev.statelessmcp.lambda.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to one invocation, or the report of an error instead. */
final class InvocationResponse implements RuntimeResponse {
  private enum State {
    UNANSWERED,
    SENT,
    TOO_LARGE,
    STREAMING,
    ENDED
  }

  private final RuntimeApi api;
  private final String requestId;
  private State state = State.UNANSWERED;
  private @Nullable ChunkedResponse stream;
  private int payloadBytes;
  // The failure that ended the connection; the handler may have caught it
  private @Nullable IOException lost;

  InvocationResponse(RuntimeApi api, String requestId) {
    this.api = api;
    this.requestId = requestId;
  }

  @Override
  public synchronized void send(byte[] payload) throws IOException {
    requireUnanswered();
    payloadBytes = payload.length;
    state = State.SENT;
    HttpResponse answer;
    try {
      answer = api.respond(requestId, payload);
    } catch (IOException e) {
      if (payloadBytes > RuntimeApi.MAX_RESPONSE_BYTES) {
        state = State.TOO_LARGE; // refused by closing the connection
      } else {
        lost = e;
      }
      throw e;
    }
    if (answer.status() == 413) {
      state = State.TOO_LARGE;
      throw new IOException(tooLarge().message());
    }
    if (!answer.isSuccess()) {
      IOException refused = new UnexpectedStatusException("The response", answer);
      if (answer.status() >= 500) {
        lost = refused;
      }
      throw refused;
    }
  }

  @Override
  public synchronized ResponseStream stream(int status, Map<String, List<String>> headers)
      throws IOException {
    requireUnanswered();
    ChunkedResponse begun = api.stream(requestId, status, headers);
    stream = begun;
    state = State.STREAMING;
    return begun;
  }

  private void requireUnanswered() {
    if (state == State.ENDED) {
      throw new IllegalStateException("the invocation has ended");
    }
    if (state != State.UNANSWERED) {
      throw new IllegalStateException("the invocation has been answered");
    }
  }

  /**
   * Ends the invocation, with an error if the handler has not answered.
   *
   * @param failure the exception of the handler; null if it has thrown none
   * @param log receives errors that cannot be reported to the service
   * @throws IOException if the connection to the service is lost
   */
  synchronized void end(@Nullable Throwable failure, RuntimeLogger log) throws IOException {
    State before = state;
    state = State.ENDED;
    switch (before) {
      case UNANSWERED -> report(failure == null ? unanswered() : ErrorReport.of(failure), log);
      case TOO_LARGE -> report(tooLarge(), log);
      case STREAMING -> {
        if (stream != null) {
          endStream(stream, failure, log);
        }
      }
      default -> {
        if (lost != null) {
          throw lost;
        }
      }
    }
  }

  private static void endStream(
      ChunkedResponse stream, @Nullable Throwable failure, RuntimeLogger log) {
    try {
      if (failure == null) {
        stream.close();
      } else {
        stream.fail(ErrorReport.of(failure));
      }
    } catch (IOException e) {
      // The client has disconnected; the next event gets another connection
      log.error("The end of the stream could not be sent: " + e.getMessage());
    }
  }

  private void report(ErrorReport error, RuntimeLogger log) throws IOException {
    HttpResponse answer = api.reportInvocationError(requestId, error);
    if (answer.status() >= 500) {
      throw new UnexpectedStatusException("The report of an error", answer);
    }
    if (!answer.isSuccess()) {
      // It is too late, or the service has reported the refused answer itself
      log.error("The report of '" + error.message() + "' was answered " + answer.summary());
    }
  }

  private static ErrorReport unanswered() {
    return new ErrorReport(
        "Function.NoResponse", "NoResponse", "The handler returned without an answer");
  }

  private ErrorReport tooLarge() {
    return new ErrorReport(
        "Function.ResponseSizeTooLarge",
        "ResponseSizeTooLarge",
        "The response has "
            + payloadBytes
            + " bytes; the limit of Lambda is "
            + RuntimeApi.MAX_RESPONSE_BYTES
            + ", and more if it is streamed");
  }
}
