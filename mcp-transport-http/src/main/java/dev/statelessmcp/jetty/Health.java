package dev.statelessmcp.jetty;

import dev.statelessmcp.http.HttpDocument;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.json.Json;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The document of the health path: reports whether the server accepts calls. */
final class Health implements Function<HttpRequest, @Nullable HttpDocument> {
  private volatile boolean stopping;

  /**
   * Reports from now on that the server is stopping, and waits until load balancers have noticed.
   *
   * @return false if the thread was interrupted
   */
  boolean drain(Duration time) {
    stopping = true;
    try {
      TimeUnit.NANOSECONDS.sleep(TimeUnit.NANOSECONDS.convert(time));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Override
  public HttpDocument apply(HttpRequest request) {
    HttpDocument report =
        HttpDocument.json(Json.object().put("status", stopping ? "stopping" : "up"));
    return stopping ? report.status(503) : report;
  }
}
