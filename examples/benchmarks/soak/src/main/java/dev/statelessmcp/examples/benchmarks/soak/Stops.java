package dev.statelessmcp.examples.benchmarks.soak;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Servers that are stopped while a client leaves in the middle of a large answer. Jetty alone does
 * not end then, in two cases of a hundred.
 */
final class Stops {
  private static final int ROUNDS = 400;
  private static final int LANES = 4;
  private static final long LIMIT_MILLIS = 10_000;

  private static final String HEADERS = "MCP-Protocol-Version: 2025-11-25\r\n";

  private static final McpServer SERVER = McpServer.named("stops", "1")
      .tool(Tool.ofSchema(
          "large",
          "Is too large to be sent at once",
          "{\"type\":\"object\"}",
          (in, call) -> ToolResult.text("x".repeat(20 << 20))))
      .build();

  private final AtomicInteger rounds = new AtomicInteger();
  private final AtomicInteger endless = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  private Stops() {}

  /** Runs it, and returns whether every server stopped. */
  static boolean allEnd() throws InterruptedException {
    return new Stops().run();
  }

  private boolean run() throws InterruptedException {
    List<Thread> lanes = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      Thread lane = new Thread(this::lane, "stops-" + i);
      lane.start();
      lanes.add(lane);
    }
    for (Thread lane : lanes) {
      lane.join();
    }
    System.out.println(
        ROUNDS + " servers stopped while a client left: " + endless + " did not end within "
            + TimeUnit.MILLISECONDS.toSeconds(LIMIT_MILLIS) + " s, " + failed + " rounds failed");
    return endless.get() == 0 && failed.get() == 0;
  }

  private void lane() {
    while (rounds.incrementAndGet() <= ROUNDS && endless.get() < LANES) {
      try {
        round();
      } catch (IOException | InterruptedException e) {
        System.out.println("A round failed: " + e);
        failed.incrementAndGet();
      }
    }
  }

  private void round() throws IOException, InterruptedException {
    McpHttpServer http = McpHttpServer.builder(SERVER)
        .port(0)
        .maxConcurrentCalls(1)
        .stopTimeout(Duration.ZERO)
        .stopOnShutdown(false)
        .start();
    try (HttpExchange client = new HttpExchange(http.port())) {
      client.send(HttpExchange.post(
          HEADERS, Messages.request("1", "tools/call", Messages.tool("large", ""))));
      client.until("HTTP/1.1 200");
      while (!isFree(http.port())) {
        Thread.onSpinWait(); // until the call is over, and its answer is being written
      }
    }
    Thread stop = new Thread(http::close, "stop");
    stop.setDaemon(true);
    stop.start();
    stop.join(LIMIT_MILLIS);
    if (stop.isAlive()) {
      endless.incrementAndGet();
    }
  }

  /** Whether the server takes another call. */
  private static boolean isFree(int port) throws IOException {
    try (HttpExchange exchange = new HttpExchange(port)) {
      exchange.send(HttpExchange.post(HEADERS, Messages.request("2", "ping", "")));
      return HttpExchange.status(exchange.rest()) == 200;
    }
  }
}
