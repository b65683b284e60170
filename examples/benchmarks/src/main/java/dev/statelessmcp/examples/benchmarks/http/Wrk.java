package dev.statelessmcp.examples.benchmarks.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A run of {@code wrk}, which repeats a request over each of its connections.
 *
 * @param requests the number of answers
 * @param seconds the duration
 * @param p99Millis the 99th percentile of the time an answer took
 */
record Wrk(long requests, double seconds, double p99Millis) {
  private static final String RESULT = "RESULT";
  private static final int TIMEOUT_SECONDS = 30;
  private static final double MICROS_PER_MILLI = 1_000;
  private static final double MICROS_PER_SECOND = 1_000_000;
  private static final String DONE = """
      done = function(summary, latency, requests)
        local e = summary.errors
        io.write(string.format("RESULT %d %d %d %d\\n", summary.requests, summary.duration,
          latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
      end
      """;

  /** Whether the program is installed. */
  static boolean isInstalled() {
    try {
      new ProcessBuilder("wrk", "--version")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Runs it.
   *
   * @throws IOException if a request failed, or had another status than 2xx or 3xx
   */
  static Wrk run(ToolCall call, int connections, int seconds, Path scratch)
      throws IOException, InterruptedException {
    Path script = scratch.resolve("call.lua");
    Files.writeString(script, script(call));
    Process process = new ProcessBuilder(List.of(
            "wrk",
            "-t1",
            "-c" + connections,
            "-d" + seconds + "s",
            "--timeout",
            TIMEOUT_SECONDS + "s",
            "-s",
            script.toString(),
            call.uri().toString()))
        .redirectErrorStream(true)
        .start();
    String output;
    try {
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
    } finally {
      process.destroy();
    }
    return parse(output);
  }

  static Wrk parse(String output) throws IOException {
    for (String line : output.lines().toList()) {
      if (line.startsWith(RESULT)) {
        String[] words = line.split(" ", -1);
        if (Long.parseLong(words[4]) > 0) {
          throw new IOException("wrk had errors: " + output);
        }
        return new Wrk(
            Long.parseLong(words[1]),
            Long.parseLong(words[2]) / MICROS_PER_SECOND,
            Long.parseLong(words[3]) / MICROS_PER_MILLI);
      }
    }
    throw new IOException("wrk failed: " + output);
  }

  static String script(ToolCall call) {
    StringBuilder script = new StringBuilder("wrk.method = \"POST\"\n");
    call.headers()
        .forEach((name, value) -> script
            .append("wrk.headers[\"")
            .append(name)
            .append("\"] = \"")
            .append(value)
            .append("\"\n"));
    script
        .append("wrk.body = [[")
        .append(call.before())
        .append("]] .. string.rep(\"x\", ")
        .append(call.messageLength())
        .append(") .. [[")
        .append(call.after())
        .append("]]\n")
        .append(DONE);
    return script.toString();
  }

  double perSecond() {
    return requests / seconds;
  }
}
