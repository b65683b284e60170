package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestCall;
import dev.statelessmcp.test.TestTransport;
import dev.statelessmcp.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The standard streams of a real process. */
class ProcessTest {
  @TempDir
  private Path folder;

  private Process process;
  private McpTestClient client;

  @BeforeEach
  void start() throws IOException {
    start("20000", "64m");
  }

  private void start(String stopTimeout, String heap) throws IOException {
    process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx" + heap,
            "-Dstderr.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            ProcessServer.class.getName(),
            stopTimeout)
        .redirectError(errors().toFile())
        .start();
    client =
        McpTestClient.of(TestTransport.lines(process.getInputStream(), process.getOutputStream()));
  }

  @AfterEach
  void stop() throws Exception {
    process.getOutputStream().close();
    if (!process.waitFor(Waiting.SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private Path errors() {
    return folder.resolve("stderr.txt");
  }

  /** Ends the input; the process must end in order, and have written nothing more. */
  private void assertEndsInOrder() throws Exception {
    client.close();
    assertTrue(process.waitFor(Waiting.SECONDS, TimeUnit.SECONDS), "the process runs on");
    assertEquals(0, process.exitValue());
    assertTrue(Files.readString(errors()).contains(ProcessServer.RETURNED));
  }

  @Test
  void bothErasAreServed() throws Exception {
    client = client.legacy();
    client.call("echo", Map.of("text", "Grüße 🦜")).hasText("Grüße 🦜");
    client.meta(Messages.modernMeta()).call("echo", Map.of("text", "世界")).hasText("世界");
    assertEndsInOrder();
  }

  /** A message within the limits may need more memory than there is, and then fails alone. */
  @Test
  void messageThatExhaustsTheHeapDoesNotEndTheServer() throws Exception {
    stop();
    start("20000", "24m");
    client
        .call("echo", "{\"text\":[" + "[],".repeat(700_000) + "[]]}")
        .hasError(ErrorCode.INTERNAL_ERROR);
    client.call("echo", Map.of("text", "goes on")).hasText("goes on");
    assertEndsInOrder();
    assertTrue(Files.readString(errors()).contains("OutOfMemoryError"));
  }

  @Test
  void outputOfToolsGoesToStandardError() throws Exception {
    client.call("noisy").hasText("done");
    client.call("echo", Map.of("text", "clean")).hasText("clean");
    assertEndsInOrder();
    String errors = Files.readString(errors());
    assertTrue(errors.contains(ProcessServer.NOISE), errors);
    assertTrue(errors.contains("\"id\":99"), errors);
  }

  @Test
  void standardInputIsAtItsEndForTools() throws Exception {
    client.call("reads").hasText("read -1");
    client.call("echo", Map.of("text", "not swallowed")).hasText("not swallowed");
    assertEndsInOrder();
  }

  @Test
  void handlerThatIgnoresInterruptsDoesNotKeepTheProcess() throws Exception {
    client.start("stubborn").awaitProgress("started");
    assertEndsInOrder();
  }

  /** SIGTERM where there are signals. The handle leaves the streams open, unlike the process. */
  private void terminate() {
    assumeTrue(process.supportsNormalTermination());
    process.toHandle().destroy();
  }

  /** Waits until the process has ended; gives what is on its standard error. */
  private String errorsAtTheEnd() throws Exception {
    assertTrue(process.waitFor(Waiting.SECONDS, TimeUnit.SECONDS), "the process runs on");
    AssertionError ended = assertThrows(AssertionError.class, () -> client.call("echo"));
    assertTrue(
        ended.getMessage().startsWith("The server has ended its output"), ended.getMessage());
    return Files.readString(errors());
  }

  @Test
  void callInFlightIsAnsweredWhenTheProcessIsToldToEnd() throws Exception {
    TestCall call = client.start("slow").awaitProgress("started");
    terminate();
    call.answer().hasText("done");
    String errors = errorsAtTheEnd();
    assertTrue(errors.contains("waiting for 1 call (tools/call slow)"), errors);
    assertFalse(errors.contains("Aborted"), errors);
  }

  @Test
  void abortedCallIsNamed() throws Exception {
    stop();
    start("100", "64m");
    client.start("stubborn").awaitProgress("started");
    terminate();
    String errors = errorsAtTheEnd();
    assertTrue(errors.contains("Aborted 1 call (tools/call stubborn)"), errors);
    assertTrue(errors.contains("stopTimeout"), errors);
  }

  @Test
  void idleProcessEndsAtOnceAndSaysNothing() throws Exception {
    client.call("echo", Map.of("text", "idle")).isOk();
    terminate();
    String errors = errorsAtTheEnd();
    assertFalse(errors.contains("waiting for"), errors);
  }
}
