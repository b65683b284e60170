package dev.statelessmcp.lambda.local.front;

import dev.statelessmcp.lambda.local.ResponseReceiver;
import dev.statelessmcp.lambda.local.event.EventFormat;
import dev.statelessmcp.lambda.local.event.GatewayResponse;
import dev.statelessmcp.lambda.local.event.Json;
import dev.statelessmcp.lambda.local.event.MalformedAnswerException;
import dev.statelessmcp.lambda.local.http.Header;
import dev.statelessmcp.lambda.local.http.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that goes to the client while the function makes it: first the JSON with status and
 * headers, then eight zeros, then the body. An answer of another content type is the body of a 200,
 * JSON or not.
 */
final class StreamedReply implements ResponseReceiver {
  private static final String INTEGRATION = "application/vnd.awslambda.http-integration-response";
  private static final int ZEROS = 8;
  private static final int MAX_PRELUDE_BYTES = 64 * 1024;

  private final HttpExchange exchange;
  private final EventFormat format;
  private final ByteArrayOutputStream prelude = new ByteArrayOutputStream();
  private int zeros;
  private volatile @Nullable OutputStream body;
  private boolean clientGone;
  private boolean ended;
  private @Nullable String problem;

  StreamedReply(HttpExchange exchange, EventFormat format) {
    this.exchange = exchange;
    this.format = format;
  }

  /** Why there is no answer, though the function has sent one. */
  synchronized String problem() {
    return problem != null ? problem : "the streamed answer ends before its eight zero bytes";
  }

  @Override
  public synchronized void begin(String contentType) {
    if (!ended && !contentType.equalsIgnoreCase(INTEGRATION)) {
      head(new GatewayResponse(200, List.of(new Header("Content-Type", contentType)), new byte[0]));
    }
  }

  @Override
  public synchronized void piece(byte[] buffer, int length) {
    int from = 0;
    while (body == null && from < length && wantsMore()) {
      take(buffer[from++]);
    }
    if (body != null && wantsMore()) {
      try {
        body.write(buffer, from, length - from);
      } catch (IOException e) {
        clientGone = true; // the function is not told, and goes on
      }
    }
  }

  /**
   * Ends the reply. Nothing is sent after it.
   *
   * @param error whether the function failed, so that the client must not take it for whole
   * @return whether the client has had any of it
   */
  boolean end(boolean error) throws IOException {
    if (error && body != null) {
      exchange.cut(); // first, as a client that does not read holds up the last piece
    }
    synchronized (this) {
      ended = true;
      if (body == null && !clientGone) {
        return false;
      }
      OutputStream begun = body;
      if (error) {
        exchange.cut();
      } else if (begun != null && !clientGone) {
        begun.close();
      }
      return true;
    }
  }

  private boolean wantsMore() {
    return !ended && !clientGone && problem == null;
  }

  private void take(byte next) {
    if (prelude.size() >= MAX_PRELUDE_BYTES) {
      problem = "the streamed answer has no eight zero bytes";
      return;
    }
    zeros = next == 0 ? zeros + 1 : 0;
    prelude.write(next);
    if (zeros == ZEROS) {
      try {
        head(format.streamedHead(Json.parse(prelude.toByteArray(), prelude.size() - ZEROS)));
      } catch (MalformedAnswerException e) {
        problem = "the streamed answer's JSON cannot be used: " + e.getMessage();
      }
    }
  }

  private void head(GatewayResponse head) {
    try {
      body = exchange.stream(head.status(), head.headers());
    } catch (IOException e) {
      clientGone = true;
    }
  }
}
