package example;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.micrometer.McpMetrics;
import dev.statelessmcp.servlet.McpServlet;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/** An application of Spring Boot that serves MCP at /mcp. */
@SpringBootApplication
public class Application {

  record Say(String message) {}

  @Bean
  ServletRegistrationBean<McpServlet> mcp(MeterRegistry registry) {
    McpServer server = McpServer.named("echo", "1.0.0")
        .observer(McpMetrics.of(registry))
        .tool(Tool.of(
            "echo",
            "A simple echo tool",
            Say.class,
            (say, call) -> ToolResult.text("Echo: " + say.message())))
        .build();
    StreamableHttp endpoint = StreamableHttp.builder(server).path("/mcp").build();
    return new ServletRegistrationBean<>(new McpServlet(endpoint), "/mcp");
  }

  @EventListener
  void started(ServletWebServerInitializedEvent event) {
    System.err.println("listening on http://127.0.0.1:" + event.getWebServer().getPort() + "/mcp");
  }

  public static void main(String[] arguments) {
    SpringApplication.run(Application.class, arguments);
  }
}
