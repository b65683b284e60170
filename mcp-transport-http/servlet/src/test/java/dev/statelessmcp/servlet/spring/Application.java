package dev.statelessmcp.servlet.spring;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.servlet.McpServlet;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** The application of the page on Spring Boot. */
@SpringBootApplication
public class Application {

  record Say(@Description("Text to send back") String message) {}

  @Bean
  McpServer server() {
    return McpServer.named("echo", "1.0.0")
        .tool(Tool.of(
            "echo",
            "Sends the text back",
            Say.class,
            (say, call) -> ToolResult.text("Echo: " + say.message())))
        .build();
  }

  @Bean
  ServletRegistrationBean<McpServlet> mcp(McpServer server) {
    StreamableHttp endpoint = StreamableHttp.builder(server).path("/mcp").build();
    return new ServletRegistrationBean<>(new McpServlet(endpoint), "/mcp");
  }

  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }
}
