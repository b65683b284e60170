package example;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.opentelemetry.McpTelemetry;
import dev.statelessmcp.servlet.McpServlet;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat in the process, with MCP at /mcp. */
public final class Application {

  record Say(String message) {}

  private Application() {}

  public static void main(String[] arguments) throws Exception {
    McpServer server = McpServer.named("echo", "1.0.0")
        .interceptor(McpTelemetry.of(GlobalOpenTelemetry.get()))
        .tool(Tool.of(
            "echo",
            "A simple echo tool",
            Say.class,
            (say, call) -> ToolResult.text("Echo: " + say.message())))
        .build();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    Wrapper mcp = Tomcat.addServlet(
        context, "mcp", new McpServlet(StreamableHttp.builder(server).path("/mcp").build()));
    mcp.setAsyncSupported(true);
    context.addServletMappingDecoded("/mcp", "mcp");
    tomcat.start();
    System.err.println(
        "listening on http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/mcp");
    tomcat.getServer().await();
  }
}
