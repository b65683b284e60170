package dev.statelessmcp.task.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A running {@link ChaosServer}, and the pipe to it. */
final class ChaosProcess {
  private static final ObjectNode META = (ObjectNode) Json.parse("""
      {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
       "io.modelcontextprotocol/clientInfo": {"name": "chaos", "version": "1"},
       "io.modelcontextprotocol/clientCapabilities": {
         "elicitation": {"form": {}}, "extensions": {"io.modelcontextprotocol/tasks": {}}}}
      """);

  private final Process process;
  private final OutputStream in;
  private final AtomicLong ids = new AtomicLong();
  private volatile boolean answers;
  private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();

  private ChaosProcess(Process process) {
    this.process = process;
    in = process.getOutputStream();
    Thread reader = new Thread(this::read, "chaos-reader");
    reader.setDaemon(true);
    reader.start();
  }

  static ChaosProcess start(String database, long seed, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        ChaosServer.class.getName(),
        database,
        Long.toString(seed));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new ChaosProcess(builder.start());
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode message = Json.parse(line);
        CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asLong());
        if (answer != null) {
          answers = true;
          answer.complete(message);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // It was killed, maybe in the middle of a line
    }
    kill();
  }

  /** The answer to a request; an exception if the process does not live to give it. */
  JsonNode request(String method, ObjectNode params) throws IOException, InterruptedException {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    params.set("_meta", META);
    ObjectNode message = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
    message.set("params", params);
    byte[] line = (Json.text(message) + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (in) {
      in.write(line);
      in.flush();
    }
    try {
      if (!process.isAlive()) {
        throw new IOException("killed");
      }
      return answer.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no answer", e);
    }
  }

  /** Whether it has begun to answer: on a slow machine, one that has not would never. */
  boolean answers() {
    return answers;
  }

  void kill() {
    process.destroyForcibly();
    for (CompletableFuture<JsonNode> each : waiting.values()) {
      each.completeExceptionally(new IOException("killed"));
    }
  }
}
