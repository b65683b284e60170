package dev.statelessmcp.lambda.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main class in a separate process, started as a wrapper script starts it. */
@Timeout(180)
class RuntimeProcessTest {
  // 776 on Java 17, 953 on Java 25, of which a JVM with one plain socket has 630 and 835
  private static final int MOST_CLASSES = 1_100;

  @TempDir
  private Path temp;

  /** Does next to nothing, so that the classes are the runtime's. */
  public static final class Trivial implements StreamHandler {
    @Override
    public void handle(byte[] event, RuntimeResponse response, Context context) throws IOException {
      if (event.length == 0) {
        // A thread like this must not keep the process
        new Thread(Trivial::idle).start();
        throw new OutOfMemoryError("no more");
      }
      response.send(event);
    }

    private static void idle() {
      try {
        Thread.sleep(600_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void itServesWithFewClassesAndEndsAfterAnErrorOfTheJvm() throws Exception {
    Path classes = temp.resolve("classes.log");
    Path output = temp.resolve("output.log");
    try (FakeRuntimeApi api = new FakeRuntimeApi()) {
      Process process = start(api.address(), output, "-Xlog:class+load:file=" + classes);
      try {
        assertEquals("{\"ü\":1}", api.event("1", "{\"ü\":1}").posted().chunkText());
        long loaded;
        try (var lines = Files.lines(classes)) {
          loaded = lines.count();
        }
        assertTrue(loaded > 100 && loaded < MOST_CLASSES, () -> loaded + " classes");
        Posted error = api.event("2", "").posted();
        assertEquals("java.lang.OutOfMemoryError", error.json().get("errorType").textValue());
        assertTrue(process.waitFor(FakeRuntimeApi.PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
        String log = Files.readString(output);
        assertTrue(log.contains("OutOfMemoryError: no more"), log);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static Process start(String address, Path output, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(StreamingRuntime.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of(
            "AWS_LAMBDA_RUNTIME_API",
            address,
            "_HANDLER",
            Trivial.class.getName(),
            "LANG",
            "C.UTF-8"));
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }
}
