package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose handlers do not come to an end by themselves. */
final class SlowServer {
  private static final String OBJECT = "{\"type\":\"object\"}";

  /** One for each handler that was interrupted. */
  final BlockingQueue<Thread> interrupted = new LinkedBlockingQueue<>();

  /** Lets those go that do not listen to interrupts. */
  final CountDownLatch release = new CountDownLatch(1);

  /** The number of handlers that have started. */
  final AtomicInteger begun = new AtomicInteger();

  McpServer.Builder server() {
    return McpServer.named("slow", "1")
        .tool(Tool.ofSchema("obedient", "", OBJECT, (in, call) -> {
          begin();
          return forever();
        }))
        .tool(Tool.ofSchema("progress", "", OBJECT, (in, call) -> {
          call.progress(1, 2, "half");
          begin();
          return forever();
        }))
        .tool(Tool.ofSchema("stubborn", "", OBJECT, (in, call) -> stubborn(call)))
        .tool(Tool.ofSchema("quick", "", OBJECT, (in, call) -> {
          begun.incrementAndGet();
          return ToolResult.text("quick " + Thread.currentThread().getId());
        }));
  }

  /** Invokes a function with little time, but as much as a busy machine needs to get to a tool. */
  JsonNode invoke(TestFunction function, String event, TestContext context) {
    for (int remaining = 200; ; remaining *= 2) {
      int before = begun.get();
      context.lines.clear();
      try {
        JsonNode answer = function.invoke(event, context.remaining(remaining));
        if (begun.get() > before || remaining > 10_000) {
          return answer;
        }
      } catch (AgentCoreException e) {
        if (begun.get() > before || remaining > 10_000) {
          throw e;
        }
      }
    }
  }

  JsonNode invoke(TestFunction function, JsonNode event, TestContext context) {
    return invoke(function, Json.text(event), context);
  }

  private ToolResult forever() throws InterruptedException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.add(Thread.currentThread());
      throw e;
    }
    return ToolResult.text("never");
  }

  /** One that comes so late that its time is over is not counted: its call is made again. */
  private void begin() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    begun.incrementAndGet();
  }

  private ToolResult stubborn(ToolCall call) throws InterruptedException {
    begin();
    waitStubbornly();
    call.progress(2, 2, "too late");
    return ToolResult.text("too late");
  }

  /** Until it is released, whatever is said. */
  void waitStubbornly() {
    boolean first = true;
    while (true) {
      try {
        release.await();
        return;
      } catch (InterruptedException e) {
        if (first) {
          interrupted.add(Thread.currentThread());
          first = false;
        }
      }
    }
  }

  /** The thread of the next handler that is interrupted. */
  Thread nextInterrupted() throws InterruptedException {
    Thread thread = interrupted.poll(30, TimeUnit.SECONDS);
    if (thread == null) {
      throw new AssertionError("no handler was interrupted");
    }
    return thread;
  }
}
