package dev.statelessmcp.lambda.local;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An invocation in a {@link RuntimeApiServer}; only its first end is used. */
final class PendingCall {
  final String requestId;
  final byte[] event;
  final @Nullable String clientContext;
  final Duration timeout;

  /** Receives the answer piece by piece; null to return it as a whole. */
  final @Nullable ResponseReceiver receiver;

  final CompletableFuture<Void> taken = new CompletableFuture<>();
  final CompletableFuture<InvocationResult> answer = new CompletableFuture<>();
  private final AtomicBoolean answering = new AtomicBoolean();
  private volatile long startNanos;

  PendingCall(
      String requestId,
      byte[] event,
      @Nullable String clientContext,
      Duration timeout,
      @Nullable ResponseReceiver receiver) {
    this.requestId = requestId;
    this.event = event;
    this.clientContext = clientContext;
    this.timeout = timeout;
    this.receiver = receiver;
  }

  /** The X-Ray header, which is unique for each invocation. */
  String traceId() {
    String hex = requestId.replace("-", "");
    return "Root=1-%s-%s;Parent=%s;Sampled=0"
        .formatted(hex.substring(0, 8), hex.substring(8), hex.substring(16));
  }

  void handOver() {
    startNanos = System.nanoTime();
    taken.complete(null);
  }

  /** Reserves the answer; returns whether it is the first and the call has not ended. */
  boolean claim() {
    return !answer.isDone() && answering.compareAndSet(false, true);
  }

  void answered(byte[] payload, @Nullable String errorType) {
    answer.complete(new InvocationResult(requestId, payload, errorType, duration()));
  }

  void timedOut() {
    String seconds = String.format(Locale.ROOT, "%.2f", timeout.toMillis() / 1000.0);
    fail(InvocationResult.TIMED_OUT, withId("Task timed out after " + seconds + " seconds"));
  }

  void exited(String how) {
    fail(InvocationResult.EXIT_ERROR, withId("Runtime exited with error: " + how));
  }

  void tooLarge(int limit) {
    fail(
        InvocationResult.TOO_LARGE,
        "Response payload size exceeded maximum allowed payload size (" + limit + " bytes).");
  }

  void truncated() {
    fail(InvocationResult.TRUNCATED, withId("The runtime has not sent its whole response"));
  }

  private String withId(String message) {
    return "RequestId: " + requestId + " Error: " + message;
  }

  private void fail(String type, String message) {
    answer.complete(InvocationResult.platformError(requestId, type, message, duration()));
    taken.complete(null);
  }

  private Duration duration() {
    return taken.isDone() ? Duration.ofNanos(System.nanoTime() - startNanos) : Duration.ZERO;
  }
}
