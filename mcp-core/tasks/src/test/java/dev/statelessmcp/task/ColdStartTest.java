package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import dev.statelessmcp.transport.Exchange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tasks cost a server before its first answer that needs none. */
class ColdStartTest {
  private static final int MOST = 40;

  @TempDir
  Path folder;

  /** A server with tasks, or one without, and its first answer. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      McpServer.Builder builder = McpServer.named("t", "1");
      Tool tool = Tool.of("work", "Works", NoArguments.class, (in, call) -> ToolResult.text("x"));
      McpServer server = arguments[0].equals("tasks")
          ? Tasks.inMemory().build(builder.tool(tool).tool(slow()))
          : builder.tool(tool).tool(slow()).build();
      ObjectNode params = Json.object().put("name", "work");
      JsonRpcMessage.Response answer = server.handle(
          new JsonRpcMessage.Request(RequestId.of(1), "tools/call", params), new Exchange() {});
      System.out.println(answer instanceof JsonRpcMessage.Result);
    }

    private static Tool slow() {
      return Tool.of("slow", "Works", NoArguments.class, (in, call) -> ToolResult.text("x"));
    }
  }

  private Set<String> classes(String kind) throws Exception {
    Path log = folder.resolve(kind);
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:file=" + log,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName(),
            kind)
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.contains("true"), output);
    return Files.readAllLines(log).stream()
        .map(line -> line.replaceFirst("^(\\[[^]]*\\])+ ", "").replaceFirst(" .*", ""))
        .map(name -> name.replaceFirst("[$]{2}Lambda.*|[/+]0x[0-9a-f]+$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aServerWithTasksLoadsFewClassesMore() throws Exception {
    Set<String> more = classes("tasks");
    more.removeAll(classes("none"));
    assertTrue(more.contains("dev.statelessmcp.task.Tasks"), more::toString);
    System.out.println(more.size() + " classes more");
    assertTrue(more.size() <= MOST, () -> more.size() + " classes more: " + more);
  }
}
