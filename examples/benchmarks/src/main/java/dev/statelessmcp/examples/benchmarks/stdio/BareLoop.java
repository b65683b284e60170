package dev.statelessmcp.examples.benchmarks.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The reference of the benchmark: reads a line, parses it with jackson-databind, writes the same
 * answer as {@link EchoServer}, and flushes if no input is available. One thread, without checks.
 */
public final class BareLoop {
  private static final int BUFFER = 64 * 1024;

  private BareLoop() {}

  /**
   * Serves until the input ends.
   *
   * @param arguments none
   * @throws IOException if a stream fails
   */
  public static void main(String[] arguments) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    try (BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), BUFFER);
        OutputStream out =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode request = mapper.readTree(line);
        JsonNode params = request.path("params");
        boolean modern = params.path("_meta").has(Calls.VERSION_KEY);
        ObjectNode answer = mapper.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", request.get("id"));
        ObjectNode result = answer.putObject("result");
        result
            .putArray("content")
            .addObject()
            .put("type", "text")
            .put("text", "Echo: " + params.path("arguments").path("message").textValue());
        result.put("isError", false);
        if (modern) {
          result.put("resultType", "complete");
          result
              .putObject("_meta")
              .putObject("io.modelcontextprotocol/serverInfo")
              .put("name", "echo")
              .put("version", "1.0.0");
        }
        out.write(mapper.writeValueAsBytes(answer));
        out.write('\n');
        if (!in.ready()) {
          out.flush();
        }
      }
    }
  }
}
