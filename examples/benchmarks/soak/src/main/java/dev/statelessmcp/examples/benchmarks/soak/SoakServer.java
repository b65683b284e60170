package dev.statelessmcp.examples.benchmarks.soak;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.LegacySessions;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.stdio.StdioTransport;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The server under load: tools that answer, fail, wait, ask, change things and measure. */
final class SoakServer {
  private static final Question<Name> NAME = Question.form("Name?", Name.class);

  private SoakServer() {}

  record Nothing() {}

  record Text(String text) {}

  record Name(String name) {}

  /**
   * Serves until the process is ended.
   *
   * @param args {@code http}, which prints its port; {@code defaults}, which does so too, with
   *     default settings; or {@code stdio}
   */
  public static void main(String[] args) throws Exception {
    ChangeFeed feed = ChangeFeed.inProcess();
    McpServer server = server(feed);
    if (args[0].equals("stdio")) {
      StdioTransport.of(server).run();
      return;
    }
    McpHttpServer.Builder settings = McpHttpServer.builder(server).port(0);
    if (args[0].equals("http")) {
      settings
          .silence(Duration.ofMillis(200))
          .receiveTimeout(Duration.ofSeconds(5))
          .legacySessions(LegacySessions.DEFAULT.withIdleExpiry(Duration.ofMillis(500)));
    }
    McpHttpServer http = settings.start();
    System.out.println(http.port());
    System.in.read(); // until the parent has ended
    http.close();
  }

  private static McpServer server(ChangeFeed feed) {
    String large = "x".repeat(1 << 20);
    return McpServer.named("soak", "1")
        .changes(feed)
        .resource(Resource.text("soak:///a", "a", "text/plain", "a"))
        .tool(Tool.of("echo", "Answers", Text.class, (text, call) -> ToolResult.text(text.text())))
        .tool(tool("large", call -> ToolResult.text(large)))
        .tool(tool("throws", call -> {
          throw new IllegalStateException("on purpose");
        }))
        .tool(tool("wait", SoakServer::pause))
        .tool(tool("touch", call -> {
          feed.publish(ChangeEvent.resourceUpdated("soak:///a"));
          return ToolResult.text("touched");
        }))
        .tool(tool("ask", call -> ToolResult.text(call.ask("name", NAME).name()))
            .asks(QuestionKind.FORM))
        .tool(tool("measure", call -> ToolResult.text(Usage.now().toString())))
        .build();
  }

  private static ToolResult pause(ToolCall call) throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      TimeUnit.MILLISECONDS.sleep(50);
      call.progress(i, 20, "waiting");
    }
    return ToolResult.text("waited");
  }

  private interface Work {
    ToolResult run(ToolCall call) throws Exception;
  }

  private static Tool tool(String name, Work work) {
    return Tool.of(name, "A tool of the soak", Nothing.class, (none, call) -> work.run(call));
  }
}
