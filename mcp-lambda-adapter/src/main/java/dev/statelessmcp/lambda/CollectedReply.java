package dev.statelessmcp.lambda;

import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import java.io.ByteArrayOutputStream;

/**
 * Collects an answer, since the managed Java runtime sends it when the handler has returned. An
 * event stream becomes one body, which a client reads like any other.
 */
final class CollectedReply implements HttpReply {
  private int status;
  private HttpHeaders headers = HttpHeaders.NONE;
  private byte[] body = {};

  @Override
  public void send(int newStatus, HttpHeaders newHeaders, byte[] newBody) {
    status = newStatus;
    headers = newHeaders;
    body = newBody;
  }

  @Override
  public Stream stream(int newStatus, HttpHeaders newHeaders) {
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    return new Stream() {
      @Override
      public void write(byte[] bytes) {
        pieces.writeBytes(bytes);
      }

      @Override
      public void close() {
        send(newStatus, newHeaders, pieces.toByteArray());
      }
    };
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
