package dev.statelessmcp.jetty;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.http.io.Sweep;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.transport.FailureLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer to Jetty. The last piece, which is usually the whole answer, is written without
 * waiting for the client; an earlier piece blocks until it has been sent.
 */
final class JettyReply implements HttpReply, Sweep.Timed {
  private static final byte[] NOTHING = {};

  private final McpHandler handler;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Thread thread = Thread.currentThread();
  private boolean ended; // set by the thread that serves the request
  private volatile @Nullable Runnable beat; // null if there is no heartbeat
  private volatile long lastBeat;
  private volatile boolean beating;
  private volatile long writing; // when the current write began; 0 if there is none

  JettyReply(McpHandler handler, Request request, Response response, Callback callback) {
    this.handler = handler;
    this.request = request;
    this.response = response;
    this.callback = callback;
  }

  @Override
  public void send(int status, HttpHeaders headers, byte[] body) {
    begin(status, headers);
    end(body);
  }

  /** Writes the last piece, and ends the request when it has been sent. */
  private void end(byte[] last) {
    ended = true;
    if (last.length <= AnswerWriter.PIECE) {
      response.write(true, ByteBuffer.wrap(last), callback);
    } else {
      new AnswerWriter(handler, request, response, last, callback).start();
    }
  }

  @Override
  public Stream stream(int status, HttpHeaders headers) {
    begin(status, headers);
    return new EventStream();
  }

  private void begin(int status, HttpHeaders headers) {
    response.setStatus(status);
    headers.forEach(response.getHeaders()::add);
  }

  /** Ends the request, unless the last piece of its answer does. */
  void ended() {
    if (!ended) {
      ended = true;
      callback.succeeded();
    }
  }

  /** Ends the request without an answer, or with Jetty's error. */
  void failed(Throwable failure) {
    if (!(failure instanceof IOException)) { // a disconnected client is not an internal error
      FailureLog.log(Attributes.NONE, "A request failed", failure);
    }
    if (!ended) {
      ended = true;
      callback.failed(failure);
    }
  }

  /**
   * Refuses the request and closes the connection.
   *
   * @param why what is wrong, and the setting that changes it
   */
  void refuse(int status, HttpHeaders headers, String why) {
    JsonRpcError error = JsonRpcErrorHandler.error(status, why);
    handler.refused(request, status, error);
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    send(status, headers, JsonRpcErrorHandler.body(error));
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public Cancellation ending() {
    return handler.ending();
  }

  @Override
  public Registration every(Runnable newBeat) {
    lastBeat = System.nanoTime();
    beat = newBeat;
    return () -> beat = null;
  }

  /** Runs on the timer's thread; starts the heartbeat on a thread that may block. */
  @Override
  public void check(long now) {
    long since = writing;
    if (since != 0 && now - since > handler.receiveNanos()) {
      writing = 0;
      cutOff(request);
    }
    Runnable current = beat;
    if (current != null && !beating && now - lastBeat > handler.silenceNanos()) {
      beating = true;
      try {
        request.getComponents().getExecutor().execute(() -> beat(current));
      } catch (RejectedExecutionException e) { // the pool is full: another time
        lastBeat = now;
        beating = false;
      }
    }
  }

  private void beat(Runnable current) {
    try {
      current.run();
    } finally {
      lastBeat = System.nanoTime();
      beating = false;
    }
  }

  @Override
  public boolean stop() {
    thread.interrupt();
    return true;
  }

  /** Writes each piece immediately; closes the connection if the client takes too long for one. */
  private final class EventStream implements Stream {

    @Override
    public void write(byte[] bytes) throws IOException {
      try {
        for (int from = 0; from < bytes.length; from += AnswerWriter.PIECE) {
          writing = System.nanoTime() | 1;
          int length = Math.min(AnswerWriter.PIECE, bytes.length - from);
          Content.Sink.write(
              response, false, ByteBuffer.wrap(bytes, from, length).slice());
        }
      } finally {
        writing = 0;
      }
    }

    @Override
    public void close() {
      end(NOTHING);
    }

    @Override
    public void end(byte[] last) {
      if (response.isCommitted() || last.length > AnswerWriter.PIECE) {
        JettyReply.this.end(last);
      } else { // a stream, which has no Content-Length
        ended = true;
        response.write(
            false,
            ByteBuffer.wrap(last),
            Callback.from(() -> response.write(true, null, callback), callback::failed));
      }
    }
  }

  static void cutOff(Request request) {
    request
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(new TimeoutException("the client receives the answer too slowly"));
  }
}
