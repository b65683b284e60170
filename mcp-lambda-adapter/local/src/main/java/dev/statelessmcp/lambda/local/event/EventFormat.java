package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts requests and results as one service does. Implementations are immutable. */
public interface EventFormat {
  /** The prefix of paths that the function does not see, such as {@code /dev}. */
  default String pathPrefix() {
    return "";
  }

  /** The largest request body, in bytes. */
  int maxRequestBytes();

  /** The timeout of the service; empty for that of the function. */
  default Optional<Duration> integrationTimeout() {
    return Optional.empty();
  }

  /** The answer of the service if it refuses a request without invoking the function. */
  default Optional<GatewayResponse> refusal(ClientRequest request) {
    return Optional.empty();
  }

  /** The event, as bytes that may not be JSON. */
  byte[] event(ClientRequest request);

  /**
   * The client's answer.
   *
   * @param payload the function's result
   * @throws MalformedAnswerException if the service would refuse it
   */
  GatewayResponse answer(ClientRequest request, byte[] payload) throws MalformedAnswerException;

  /** The answer of the service to a failure. */
  GatewayResponse failure(Failure failure);

  /** The answer of the service to a function's error. */
  default GatewayResponse functionError(byte[] payload) {
    return failure(Failure.FUNCTION_ERROR);
  }

  /** Whether the service supports streaming. */
  default boolean streams() {
    return false;
  }

  /**
   * Status and headers of a streamed answer, with an empty body.
   *
   * @param prelude the JSON before the body
   * @throws MalformedAnswerException when the service would not take it
   */
  default GatewayResponse streamedHead(JsonNode prelude) throws MalformedAnswerException {
    throw new MalformedAnswerException("this service does not stream");
  }

  /** The JSON of a client context, or null. */
  default @Nullable String clientContext(ClientRequest request) {
    return null;
  }

  /** The headers of a function as the client sees them; some services rename headers. */
  default List<Header> renamed(List<Header> headers) {
    return headers;
  }
}
