package dev.statelessmcp.jetty;

import dev.statelessmcp.http.io.Sweep;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;

/**
 * Writes a large answer in pieces, because the JDK copies each into a direct buffer of its size,
 * which it keeps for the thread. No thread waits for the client, and a piece that takes too long
 * ends the connection.
 */
final class AnswerWriter extends IteratingNestedCallback implements Sweep.Timed {
  /** Answers up to this size are written at once. */
  static final int PIECE = 64 << 10;

  private final Request request;
  private final Response response;
  private final McpHandler handler;
  private final byte[] body;
  private int written;
  private volatile long begun;

  AnswerWriter(
      McpHandler handler, Request request, Response response, byte[] body, Callback callback) {
    super(callback);
    this.handler = handler;
    this.request = request;
    this.response = response;
    this.body = body;
  }

  void start() {
    begun = System.nanoTime();
    handler.inFlight().send(body.length);
    handler.sweep().add(this);
    iterate();
  }

  @Override
  protected Action process() {
    if (written == body.length) {
      return Action.SUCCEEDED;
    }
    begun = System.nanoTime();
    int next = Math.min(PIECE, body.length - written);
    ByteBuffer piece = ByteBuffer.wrap(body, written, next).slice();
    written += next;
    response.write(written == body.length, piece, this);
    return Action.SCHEDULED;
  }

  @Override
  public void check(long now) {
    if (now - begun > handler.receiveNanos()) {
      handler.sweep().remove(this);
      JettyReply.cutOff(request);
    }
  }

  @Override
  protected void onCompleteSuccess() {
    end();
    super.onCompleteSuccess();
  }

  @Override
  protected void onFailure(Throwable cause) {
    end();
    super.onFailure(cause);
  }

  private void end() {
    handler.sweep().remove(this);
    handler.inFlight().release(body.length);
  }
}
