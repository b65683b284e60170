package dev.statelessmcp.lambda.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Lambda Runtime API for one thread. It keeps one connection, and repeats a request
 * on a new one if the service has closed it. That is safe: an answer that arrives twice is refused
 * the second time.
 */
final class RuntimeApi {
  /** The largest answer that is not streamed: 6 MB and 100 bytes. */
  static final int MAX_RESPONSE_BYTES = (6 << 20) + 100;

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final int MAX_ATTEMPTS = 5;
  private static final int FIRST_PAUSE_MILLIS = 50;

  private final String host;
  private final int port;
  private @Nullable HttpConnection connection;

  /**
   * Creates a client, which connects at the first request.
   *
   * @param address as in {@code AWS_LAMBDA_RUNTIME_API}: host and port
   * @throws IllegalArgumentException if it is not host and port
   */
  RuntimeApi(String address) {
    int colon = address.lastIndexOf(':');
    host = colon < 0 ? address : address.substring(0, colon);
    port = colon < 0 ? 80 : port(address.substring(colon + 1));
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "AWS_LAMBDA_RUNTIME_API must be host:port, was '" + address + "'");
    }
  }

  private static int port(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Waits for the next event, without a timeout. */
  ReceivedEvent next() throws IOException {
    HttpResponse answer = exchange("GET", "invocation/next", "", new byte[0], MAX_ATTEMPTS);
    if (answer.status() != 200) {
      throw new UnexpectedStatusException("GET /runtime/invocation/next", answer);
    }
    return new ReceivedEvent(answer);
  }

  /** Lets a SnapStart snapshot be taken. Returns in an environment that was started from it. */
  void awaitRestore() throws IOException {
    HttpResponse answer = exchange("GET", "restore/next", "", new byte[0], MAX_ATTEMPTS);
    close(); // the service may have closed the old connection
    if (!answer.isSuccess()) {
      throw new UnexpectedStatusException("GET /runtime/restore/next", answer);
    }
  }

  /** Sends a complete answer. */
  HttpResponse respond(String requestId, byte[] payload) throws IOException {
    // One that is too large is never accepted
    int attempts = payload.length > MAX_RESPONSE_BYTES ? 1 : MAX_ATTEMPTS;
    return exchange("POST", path(requestId, "response"), JSON, payload, attempts);
  }

  /** Begins a streamed answer with its status and headers. */
  ChunkedResponse stream(String requestId, int status, Map<String, List<String>> headers)
      throws IOException {
    byte[] prelude = Prelude.of(status, headers);
    HttpConnection used = connection != null ? connection : HttpConnection.open(host, port);
    connection = null; // it ends with this answer
    return ChunkedResponse.begin(used, ROOT + path(requestId, "response"), prelude);
  }

  /** Reports that an invocation has failed. */
  HttpResponse reportInvocationError(String requestId, ErrorReport error) throws IOException {
    return report(path(requestId, "error"), error);
  }

  /** Reports that the function cannot be initialized. */
  HttpResponse reportInitError(ErrorReport error) throws IOException {
    return report("init/error", error);
  }

  /** Reports that the function cannot continue after it was restored from a snapshot. */
  HttpResponse reportRestoreError(ErrorReport error) throws IOException {
    return report("restore/error", error);
  }

  private HttpResponse report(String path, ErrorReport error) throws IOException {
    String headers = JSON + ErrorReport.TYPE_HEADER + ": " + error.category() + "\r\n";
    return exchange("POST", path, headers, error.json(), MAX_ATTEMPTS);
  }

  private static String path(String requestId, String what) {
    return "invocation/" + requestId + "/" + what;
  }

  private HttpResponse exchange(
      String method, String path, String headers, byte[] body, int attempts) throws IOException {
    IOException lost = null;
    for (int attempt = 0; attempt < attempts; attempt++) {
      pause(attempt);
      try {
        if (connection == null) {
          connection = HttpConnection.open(host, port);
        }
        HttpResponse answer = connection.exchange(method, ROOT + path, headers, body);
        if (answer.isLast()) {
          close();
        }
        return answer;
      } catch (IOException e) {
        close();
        lost = e;
      }
    }
    String what = method + " /runtime/" + path;
    throw new IOException(
        what + " failed " + attempts + " times, last with: "
            + (lost == null ? null : lost.getMessage()),
        lost);
  }

  /** The first repetition has no pause: idle connections are often closed. */
  private static void pause(int attempt) throws IOException {
    if (attempt > 1) {
      try {
        Thread.sleep((long) FIRST_PAUSE_MILLIS << attempt);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
