package dev.statelessmcp.examples.echo;

import com.amazonaws.services.lambda.runtime.Context;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.lambda.EmbeddedMetrics;
import dev.statelessmcp.lambda.Invocation;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A function whose tools have every fault that a handler can have. */
public final class FaultyLambda extends McpLambdaHandler {

  /** The amount, in the unit of the tool. */
  record Amount(int amount) {}

  /** Called by Lambda. */
  public FaultyLambda() {
    super(server());
  }

  private static McpServer server() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    return McpServer.named("faulty", "1.0.0")
        .observer(EmbeddedMetrics.inNamespace("Faulty"))
        .tool(Tool.of(
            "trace",
            "",
            NoArguments.class,
            (none, call) ->
                ToolResult.text(call.trace().xray() + " " + call.trace().traceparent())))
        .tool(Tool.of(
            "where",
            "",
            NoArguments.class,
            (none, call) -> ToolResult.text(call.attributes()
                .get(Invocation.class)
                .map(Invocation::requestId)
                .orElse("nowhere"))))
        .tool(Tool.of(
            "big", "", Amount.class, (big, call) -> ToolResult.text("x".repeat(big.amount))))
        .tool(Tool.of("fail", "", NoArguments.class, (none, call) -> {
          throw new IllegalStateException("for a test");
        }))
        .tool(Tool.of("sleep", "", Amount.class, (sleep, call) -> {
          Thread.sleep(sleep.amount);
          return ToolResult.text("slept");
        }))
        .tool(Tool.of("ignore", "", Amount.class, FaultyLambda::ignoreInterrupts))
        .tool(Tool.of("meet", "", Amount.class, (meet, call) -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          Thread.sleep(meet.amount);
          inside.decrementAndGet();
          return ToolResult.text("most " + most.get());
        }))
        .tool(Tool.of("exit", "", Amount.class, (exit, call) -> {
          System.exit(exit.amount);
          return ToolResult.text("still here");
        }))
        .tool(Tool.of("kill", "", Amount.class, (kill, call) -> {
          new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
              .start()
              .waitFor();
          return ToolResult.text("still here");
        }))
        .tool(Tool.of("log", "", NoArguments.class, (none, call) -> {
          Context context = call.attributes().get(Context.class).orElseThrow();
          context.getLogger().log("a line of a handler");
          return ToolResult.text(Thread.currentThread().getName());
        }))
        .build();
  }

  private static ToolResult ignoreInterrupts(Amount amount, ToolCall call) {
    long end = System.nanoTime() + Duration.ofMillis(amount.amount).toNanos();
    while (System.nanoTime() < end) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        // as bad handlers do
      }
    }
    return ToolResult.text("too late");
  }

  @Override
  protected void beforeSnapshot() {
    System.out.println("before the snapshot");
  }

  @Override
  protected void afterSnapshot() {
    System.out.println("after the snapshot");
  }
}
