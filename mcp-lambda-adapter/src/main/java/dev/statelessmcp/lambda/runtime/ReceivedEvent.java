package dev.statelessmcp.lambda.runtime;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One event, with the headers that came with it. */
final class ReceivedEvent {
  private final String requestId;
  private final HttpResponse next;

  /**
   * Reads the answer to a request for the next event.
   *
   * @param next the answer
   * @throws IOException if it has no request id
   */
  ReceivedEvent(HttpResponse next) throws IOException {
    this.next = next;
    String id = next.header("lambda-runtime-aws-request-id");
    // It becomes part of a path
    if (id == null || id.isEmpty() || id.indexOf(' ') >= 0) {
      throw new IOException(
          "GET /runtime/invocation/next was answered without a Lambda-Runtime-Aws-Request-Id");
    }
    requestId = id;
  }

  String requestId() {
    return requestId;
  }

  /** Usually JSON. */
  byte[] event() {
    return next.body();
  }

  /** In Unix time; {@link Long#MAX_VALUE} if the service named none. */
  long deadlineMillis() {
    String millis = next.header("lambda-runtime-deadline-ms");
    if (millis == null) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(millis);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE; // an emulator without timeouts; the service itself ends late calls
    }
  }

  @Nullable
  String functionArn() {
    return next.header("lambda-runtime-invoked-function-arn");
  }

  /** Of X-Ray. */
  @Nullable
  String traceId() {
    return next.header("lambda-runtime-trace-id");
  }

  @Nullable
  String tenantId() {
    return next.header("lambda-runtime-aws-tenant-id");
  }

  /** JSON. */
  @Nullable
  String clientContext() {
    return next.header("lambda-runtime-client-context");
  }

  /** JSON. */
  @Nullable
  String cognitoIdentity() {
    return next.header("lambda-runtime-cognito-identity");
  }
}
