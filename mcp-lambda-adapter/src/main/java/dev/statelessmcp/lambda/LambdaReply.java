package dev.statelessmcp.lambda;

import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.transport.CancellationSource;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Where the answer to an HTTP event goes. The first answer counts, and what follows is dropped. */
abstract class LambdaReply implements HttpReply, TimedAnswer {
  private final long deadlineMillis;
  private final CancellationSource ending = new CancellationSource();
  private final CancellationSource expiry = new CancellationSource();
  private boolean answered;
  private volatile JsonRpcError refusal;

  LambdaReply(long deadlineMillis) {
    this.deadlineMillis = deadlineMillis;
  }

  @Override
  public final Optional<Instant> deadline() {
    return deadlineMillis == Deadlines.NEVER
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(deadlineMillis));
  }

  @Override
  public final long deadlineMillis() {
    return deadlineMillis;
  }

  @Override
  public final String transport() {
    return "lambda";
  }

  @Override
  public final CancellationSource ending() {
    return ending;
  }

  @Override
  public final Cancellation expiry() {
    return expiry;
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public final void expire() {
    expiry.cancel(); // which answers, if the request got as far as its handler
    answerIfNobodyDid(504, "Timeout: the request took longer than it may");
  }

  /** Sends an error of our own, unless there is an answer already. */
  final void answerIfNobodyDid(int status, String message) {
    try {
      if (claim()) {
        write(status, McpFunction.JSON, McpFunction.failure(message));
      }
    } catch (IOException e) {
      // The client is gone: there is nobody to tell
    }
  }

  @Override
  public final void refused(JsonRpcError why) {
    refusal = why;
  }

  /** Why the request was refused; null if it was not. */
  final JsonRpcError refusal() {
    return refusal;
  }

  @Override
  public final void send(int status, HttpHeaders headers, byte[] body) throws IOException {
    if (claim()) {
      write(status, headers, body);
    }
  }

  @Override
  public final Stream stream(int status, HttpHeaders headers) throws IOException {
    if (!claim()) {
      throw new IOException("the request has been answered");
    }
    return open(status, headers);
  }

  abstract void write(int status, HttpHeaders headers, byte[] body) throws IOException;

  abstract Stream open(int status, HttpHeaders headers) throws IOException;

  /** The status of the answer; 0 before there is one. */
  abstract int status();

  private synchronized boolean claim() {
    boolean first = !answered;
    answered = true;
    return first;
  }
}
