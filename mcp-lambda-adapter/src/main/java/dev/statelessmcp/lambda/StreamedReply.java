package dev.statelessmcp.lambda;

import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.lambda.runtime.ResponseStream;
import dev.statelessmcp.lambda.runtime.RuntimeResponse;
import dev.statelessmcp.subscription.Registration;
import java.io.IOException;

/** Sends an answer as it comes about, on a runtime that streams. */
final class StreamedReply extends LambdaReply {
  private final RuntimeResponse response;
  private volatile Runnable beat;
  private volatile int status;

  private StreamedReply(RuntimeResponse response, long deadlineMillis) {
    super(deadlineMillis);
    this.response = response;
  }

  /** A reply of this kind, by a name that has this class loaded only where it is wanted. */
  static LambdaReply to(RuntimeResponse response, long deadlineMillis) {
    return new StreamedReply(response, deadlineMillis);
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
   * Lambda does not tell a function that its client has gone. But gateways cut off a stream on
   * which nothing happens, after 30 seconds the first of them.
   */
  @Override
  public void beat() {
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
}
