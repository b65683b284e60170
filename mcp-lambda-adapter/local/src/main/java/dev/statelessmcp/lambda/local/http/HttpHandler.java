package dev.statelessmcp.lambda.local.http;

import java.io.IOException;

/** What answers requests; called by many threads at once. */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Answers one request. The connection is cut when this throws, or returns without an answer.
   *
   * @throws IOException when the connection fails
   * @throws InterruptedException when the listener is closed
   */
  void handle(HttpExchange exchange) throws IOException, InterruptedException;
}
