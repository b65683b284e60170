package dev.statelessmcp.servlet;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The README's configuration of Spring Boot. */
final class SpringSnippets {
  private SpringSnippets() {}

  @Configuration(proxyBeanMethods = false)
  static class McpConfiguration {
    record Say(String message) {}

    @Bean
    ServletRegistrationBean<McpServlet> mcp() {
      McpServer server = McpServer.named("echo", "1.0.0")
          .tool(Tool.of(
              "echo",
              "Sends the text back",
              Say.class,
              (say, call) -> ToolResult.text("Echo: " + say.message())))
          .build();
      StreamableHttp endpoint = StreamableHttp.builder(server)
          .allowedHosts(List.of("mcp.example.com", "localhost")) // default: only this machine
          .build();
      return new ServletRegistrationBean<>(new McpServlet(endpoint), "/mcp");
    }
  }
}
