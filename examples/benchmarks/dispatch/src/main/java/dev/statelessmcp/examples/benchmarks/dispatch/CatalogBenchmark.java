package dev.statelessmcp.examples.benchmarks.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Servers with few and many tools: their list on one page, and a call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CatalogBenchmark {
  /** The number of tools. */
  @Param({"10", "1000", "10000"})
  public int tools;

  private final ObjectMapper json = new ObjectMapper();
  private final byte[] list = Messages.list();
  private byte[] call;
  private InProcess server;
  private JsonNode result;

  /** Created by JMH. */
  public CatalogBenchmark() {}

  /** Makes the server, and the list that is written by hand. */
  @Setup
  public void prepare() throws Exception {
    server = new InProcess(Messages.server(tools));
    call = Messages.call(tools / 2);
    result = json.readTree(list()).get("result");
    if (result.get("tools").size() != tools) {
      throw new IllegalStateException("the page does not have all tools");
    }
  }

  /** The list of tools. */
  @Benchmark
  public byte[] list() throws Exception {
    return server.answer(list);
  }

  /** Writes a prepared tree of the same list with jackson-databind. */
  @Benchmark
  public byte[] listByHand() throws IOException {
    JsonNode request = json.readTree(list);
    ObjectNode answer = json.createObjectNode();
    answer.put("jsonrpc", "2.0").set("id", request.get("id"));
    answer.set("result", result);
    return json.writeValueAsBytes(answer);
  }

  /** A call of a tool in the middle of the list. */
  @Benchmark
  public byte[] call() throws Exception {
    return server.answer(call);
  }
}
