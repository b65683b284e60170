package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One service's way with requests and results. Implementations are immutable. */
public interface EventFormat {
  /** What a client puts before the paths that the function knows, such as {@code /dev}. */
  default String pathPrefix() {
    return "";
  }

  /** The largest request body, in bytes. */
  int maxRequestBytes();

  /** How long the service waits for the function; empty for as long as it may run. */
  default Optional<Duration> integrationTimeout() {
    return Optional.empty();
  }

  /** What the service answers without asking the function, if it does. */
  default Optional<GatewayResponse> refusal(ClientRequest request) {
    return Optional.empty();
  }

  /** The function's event; bytes that are not always JSON. */
  byte[] event(ClientRequest request);

  /**
   * The client's answer.
   *
   * @param payload the function's result
   * @throws MalformedAnswerException when the service would not take it
   */
  GatewayResponse answer(ClientRequest request, byte[] payload) throws MalformedAnswerException;

  /** What the client gets when there is no answer. */
  GatewayResponse failure(Failure failure);

  /** What the client gets for a function's error; mostly that there was one. */
  default GatewayResponse functionError(byte[] payload) {
    return failure(Failure.FUNCTION_ERROR);
  }

  /** Whether the service can pass on an answer while it is made. */
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

  /** Headers of a function's as the client sees them: the services rename one or two. */
  default List<Header> renamed(List<Header> headers) {
    return headers;
  }
}
