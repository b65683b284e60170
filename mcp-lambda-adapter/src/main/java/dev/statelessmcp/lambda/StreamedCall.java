package dev.statelessmcp.lambda;

import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.lambda.event.HttpEvent;
import dev.statelessmcp.lambda.runtime.ResponseStream;
import dev.statelessmcp.lambda.runtime.RuntimeResponse;
import dev.statelessmcp.subscription.Registration;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Serves an HTTP event, and sends each piece of the answer immediately, on a runtime that streams.
 */
final class StreamedCall extends HttpCall {
  private final RuntimeResponse response;
  private volatile @Nullable Runnable beat;
  private volatile int status;

  private StreamedCall(
      RuntimeResponse response, StreamableHttp endpoint, HttpEvent event, Invocation invocation) {
    super(endpoint, event, invocation, true);
    this.response = response;
  }

  /**
   * Creates a call. Because of its return type the JVM loads this class only if an answer is
   * streamed.
   */
  static HttpCall to(
      RuntimeResponse response, StreamableHttp endpoint, HttpEvent event, Invocation invocation) {
    return new StreamedCall(response, endpoint, event, invocation);
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public Registration every(Runnable newBeat) {
    beat = newBeat;
    return () -> beat = null;
  }

  /**
   * Keeps the stream open: gateways close a silent one, some after 30 seconds. Lambda does not
   * report a disconnected client.
   */
  @Override
  void beat() {
    Runnable current = beat;
    if (current != null) {
      current.run();
    }
  }

  @Override
  void write(int newStatus, HttpHeaders headers, byte[] body) throws IOException {
    Stream whole = open(newStatus, headers);
    if (body.length > 0) {
      whole.write(body);
    }
    whole.close();
  }

  @Override
  Stream open(int newStatus, HttpHeaders headers) throws IOException {
    status = newStatus;
    ResponseStream stream = response.stream(newStatus, headers.asMap());
    return new Stream() {
      @Override
      public void write(byte[] bytes) throws IOException {
        stream.write(bytes);
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }

  @Override
  int status() {
    return status;
  }

  @Override
  long size() {
    return 0;
  }

  @Override
  Answer answer() {
    return Answer.STREAMED;
  }
}
