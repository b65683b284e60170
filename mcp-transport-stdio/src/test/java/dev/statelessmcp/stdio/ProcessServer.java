package dev.statelessmcp.stdio;

import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The server that {@link ProcessTest} starts as a separate process. */
final class ProcessServer {
  static final String NOISE = "noise that a tool makes, with an ä";
  static final String RETURNED = "run() has returned";

  private ProcessServer() {}

  public static void main(String[] args) {
    StdioTransport.of(TestTools.server(
            TestTools.echo(),
            TestTools.tool("noisy", (none, call) -> {
              System.out.println(NOISE);
              System.out.print("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}");
              System.out.flush();
              return ToolResult.text("done");
            }),
            TestTools.tool("reads", (none, call) -> ToolResult.text("read " + System.in.read())),
            TestTools.tool("slow", (none, call) -> {
              call.progress(1, 0, "started");
              Thread.sleep(300);
              return ToolResult.text("done");
            }),
            TestTools.tool("stubborn", (none, call) -> {
              call.progress(1, 0, "started");
              Waiting.awaitUninterruptibly(new CountDownLatch(1));
              return ToolResult.text("never");
            })))
        .grace(Duration.ofMillis(10))
        .stopTimeout(Duration.ofMillis(args.length == 0 ? 20_000 : Long.parseLong(args[0])))
        .run();
    System.err.println(RETURNED);
  }
}
