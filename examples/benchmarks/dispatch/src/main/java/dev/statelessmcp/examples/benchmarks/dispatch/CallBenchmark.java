package dev.statelessmcp.examples.benchmarks.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.StreamableHttp;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A call of the echo tool, in three ways. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CallBenchmark {
  private final byte[] request = Messages.call(0);
  private final ObjectMapper json = new ObjectMapper();
  private final HttpHeaders headers = HttpHeaders.of(
      "Host", "127.0.0.1:8000",
      "Content-Type", "application/json",
      "Accept", "application/json, text/event-stream",
      "Content-Length", Integer.toString(request.length),
      "MCP-Protocol-Version", Messages.VERSION,
      "Mcp-Method", "tools/call",
      "Mcp-Name", Messages.name(0));
  private InProcess server;
  private StreamableHttp http;

  /** Created by JMH. */
  public CallBenchmark() {}

  /** Creates the servers, and checks that the three ways have the same answer. */
  @Setup
  public void prepare() throws Exception {
    server = new InProcess(Messages.server(1));
    http = StreamableHttp.builder(Messages.server(1)).path("/mcp").build();
    byte[] expected = bytesToBytes();
    if (!Arrays.equals(expected, byHand()) || !Arrays.equals(expected, streamableHttp())) {
      throw new IllegalStateException("the answers differ");
    }
  }

  /** Reads with the codec, calls {@code McpServer.handle}, and writes with the codec. */
  @Benchmark
  public byte[] bytesToBytes() throws Exception {
    return server.answer(request);
  }

  /** Calls {@code StreamableHttp.handle} with prepared headers. */
  @Benchmark
  public byte[] streamableHttp() throws IOException {
    Body reply = new Body();
    http.handle(new HttpRequest("POST", "/mcp", headers, HttpRequest.Body.of(request)), reply);
    return reply.bytes;
  }

  /** Reads the request and writes the answer with jackson-databind, without checks. */
  @Benchmark
  public byte[] byHand() throws IOException {
    JsonNode call = json.readTree(request);
    ObjectNode answer = json.createObjectNode();
    answer.put("jsonrpc", "2.0").set("id", call.get("id"));
    ObjectNode result = answer.putObject("result");
    result
        .putArray("content")
        .addObject()
        .put("type", "text")
        .put("text", call.get("params").get("arguments").get("message").textValue());
    result.put("isError", false).put("resultType", "complete");
    result
        .putObject("_meta")
        .putObject("io.modelcontextprotocol/serverInfo")
        .put("name", "benchmark")
        .put("version", "1.0.0");
    return json.writeValueAsBytes(answer);
  }

  private static final class Body implements HttpReply {
    private byte[] bytes;

    @Override
    public void send(int status, HttpHeaders headers, byte[] body) {
      bytes = body;
    }

    @Override
    public Stream stream(int status, HttpHeaders headers) {
      throw new IllegalStateException("no stream is expected");
    }
  }
}
