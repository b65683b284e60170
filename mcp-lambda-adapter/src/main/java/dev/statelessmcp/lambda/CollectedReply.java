package dev.statelessmcp.lambda;

import dev.statelessmcp.http.HttpHeaders;
import java.io.ByteArrayOutputStream;

/**
 * Collects an answer, since the managed Java runtime sends it when the handler has returned. An
 * event stream becomes one body, which a client reads like any other.
 */
final class CollectedReply extends LambdaReply {
  private int status;
  private HttpHeaders headers = HttpHeaders.NONE;
  private byte[] body = {};

  CollectedReply(long deadlineMillis) {
    super(deadlineMillis);
  }

  @Override
  synchronized void write(int newStatus, HttpHeaders newHeaders, byte[] newBody) {
    status = newStatus;
    headers = newHeaders;
    body = newBody;
  }

  @Override
  Stream open(int newStatus, HttpHeaders newHeaders) {
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    return new Stream() {
      @Override
      public void write(byte[] bytes) {
        pieces.writeBytes(bytes);
      }

      @Override
      public void close() {
        CollectedReply.this.write(newStatus, newHeaders, pieces.toByteArray());
      }
    };
  }

  @Override
  synchronized int status() {
    return status;
  }

  synchronized HttpHeaders headers() {
    return headers;
  }

  synchronized byte[] body() {
    return body;
  }
}
