package dev.statelessmcp.jetty;

import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.subscription.Registration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Writes an answer to Jetty. Every write blocks until the client's side of the connection took it.
 */
final class JettyReply implements HttpReply {
  private final Request request;
  private final Response response;
  private final Duration silence;
  private final Cancellation ending;

  JettyReply(Request request, Response response, Duration silence, Cancellation ending) {
    this.request = request;
    this.response = response;
    this.silence = silence;
    this.ending = ending;
  }

  @Override
  public void send(int status, HttpHeaders headers, byte[] body) throws IOException {
    begin(status, headers);
    Content.Sink.write(response, true, ByteBuffer.wrap(body));
  }

  @Override
  public Stream stream(int status, HttpHeaders headers) {
    begin(status, headers);
    return new Stream() {
      @Override
      public void write(byte[] bytes) throws IOException {
        Content.Sink.write(response, false, ByteBuffer.wrap(bytes));
      }

      @Override
      public void close() throws IOException {
        Content.Sink.write(response, true, ByteBuffer.allocate(0));
      }
    };
  }

  private void begin(int status, HttpHeaders headers) {
    response.setStatus(status);
    for (Map.Entry<String, List<String>> header : headers.asMap().entrySet()) {
      for (String value : header.getValue()) {
        response.getHeaders().add(header.getKey(), value);
      }
    }
  }

  /** Answers for Jetty itself, if nothing has been answered yet. */
  boolean refuse(int status) {
    if (response.isCommitted()) {
      return false;
    }
    try {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      send(
          status,
          HttpHeaders.of("Content-Type", "application/json"),
          JsonRpcErrorHandler.body(status));
      return true;
    } catch (IOException e) { // the client is gone
      return false;
    }
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public Cancellation ending() {
    return ending;
  }

  @Override
  public Registration every(Runnable beat) {
    return new ScheduledBeat(beat);
  }

  /** Waits on the scheduler's thread, and beats on one that may block. */
  private final class ScheduledBeat implements Registration, Runnable {
    private final Runnable beat;

    // Guarded by this
    private Scheduler.Task next;
    private boolean stopped;

    ScheduledBeat(Runnable beat) {
      this.beat = beat;
      schedule();
    }

    private synchronized void schedule() {
      if (!stopped) {
        next = request.getComponents().getScheduler().schedule(this, silence);
      }
    }

    @Override
    public void run() {
      request.getComponents().getExecutor().execute(() -> {
        beat.run();
        schedule();
      });
    }

    @Override
    public synchronized void close() {
      stopped = true;
      next.cancel();
    }
  }
}
