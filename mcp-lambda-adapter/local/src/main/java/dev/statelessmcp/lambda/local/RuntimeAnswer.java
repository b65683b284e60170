package dev.statelessmcp.lambda.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.statelessmcp.lambda.local.http.Header;
import dev.statelessmcp.lambda.local.http.HttpExchange;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The answer that a runtime posts for one invocation. */
final class RuntimeAnswer {
  /** The service's limit for a buffered answer: 6 MB plus 100 bytes for the envelope. */
  static final int MAX_BYTES = 6 * 1024 * 1024 + 100;

  static final int MAX_STREAMED_BYTES = 200 * 1024 * 1024;

  private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
  private static final String ERROR_BODY = "Lambda-Runtime-Function-Error-Body";

  private final HttpExchange exchange;
  private final PendingCall call;

  RuntimeAnswer(HttpExchange exchange, PendingCall call) {
    this.exchange = exchange;
    this.call = call;
  }

  /** Ends the call; returns false if the answer was too large. */
  boolean take(boolean error) throws IOException {
    try {
      ResponseReceiver receiver = call.receiver;
      boolean streamed =
          "streaming".equalsIgnoreCase(exchange.header("Lambda-Runtime-Function-Response-Mode"));
      return (streamed && !error && receiver != null) ? relay(receiver) : takeWhole(error);
    } catch (IOException e) {
      call.truncated();
      throw e;
    }
  }

  private boolean takeWhole(boolean error) throws IOException {
    byte[] payload = exchange.body().readNBytes(MAX_BYTES + 1);
    if (payload.length > MAX_BYTES) {
      call.tooLarge(MAX_BYTES);
      return false;
    }
    if (error) {
      String type = exchange.header(ERROR_TYPE);
      call.answered(payload, type == null ? "Unhandled" : type);
    } else if (call.receiver != null) {
      call.receiver.begin(contentType());
      call.receiver.piece(payload, payload.length);
      finish();
    } else {
      call.answered(payload, null);
    }
    return true;
  }

  private boolean relay(ResponseReceiver receiver) throws IOException {
    receiver.begin(contentType());
    byte[] buffer = new byte[16 * 1024];
    long total = 0;
    for (int length; (length = exchange.body().read(buffer)) >= 0; ) {
      total += length;
      if (total > MAX_STREAMED_BYTES) {
        call.tooLarge(MAX_STREAMED_BYTES);
        return false;
      }
      receiver.piece(buffer, length);
    }
    finish();
    return true;
  }

  /** Ends a stream; an error in it comes after its content. */
  private void finish() {
    String type = Header.first(exchange.trailers(), ERROR_TYPE);
    String body = Header.first(exchange.trailers(), ERROR_BODY);
    call.answered(type == null ? new byte[0] : decoded(body), type);
  }

  private static byte[] decoded(@Nullable String base64) {
    if (base64 == null) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return base64.getBytes(UTF_8); // not Base64; return it unchanged
    }
  }

  private String contentType() {
    String type = exchange.header("Content-Type");
    return type == null ? "application/octet-stream" : type;
  }
}
