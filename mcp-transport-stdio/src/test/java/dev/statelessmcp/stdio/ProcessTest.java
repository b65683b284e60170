package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.testing.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private OutputStream in;
  private BufferedReader out;

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
    in = process.getOutputStream();
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  @AfterEach
  void stop() throws Exception {
    in.close();
    if (!process.waitFor(Waiting.SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    out.close();
  }

  private Path errors() {
    return folder.resolve("stderr.txt");
  }

  private void send(String line) throws IOException {
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  private JsonNode receive() throws IOException {
    String line = out.readLine();
    assertTrue(line != null, "the process has ended its output");
    return Messages.parse(line);
  }

  /** Ends the input; the process must end in order, and have written nothing more. */
  private void assertEndsInOrder() throws Exception {
    in.close();
    assertNull(out.readLine());
    assertTrue(process.waitFor(Waiting.SECONDS, TimeUnit.SECONDS), "the process runs on");
    assertEquals(0, process.exitValue());
    assertTrue(Files.readString(errors()).contains(ProcessServer.RETURNED));
  }

  @Test
  void bothErasAreServed() throws Exception {
    send(Messages.initialize("1", "2025-11-25"));
    assertEquals("2025-11-25", receive().at("/result/protocolVersion").textValue());
    send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    send(Messages.legacyCall("2", "echo", "{\"text\":\"Grüße 🦜\"}"));
    assertEquals("Grüße 🦜", Messages.text(receive()));
    send(Messages.modernCall("3", "echo", "{\"text\":\"世界\"}"));
    assertEquals("世界", Messages.text(receive()));
    assertEndsInOrder();
  }

  /** A message within the limits may need more memory than there is, and then fails alone. */
  @Test
  void messageThatExhaustsTheHeapDoesNotEndTheServer() throws Exception {
    stop();
    start("20000", "24m");
    send(Messages.legacyCall("1", "echo", "{\"text\":[" + "[],".repeat(700_000) + "[]]}"));
    assertEquals(-32603, receive().at("/error/code").intValue());
    send(Messages.modernCall("2", "echo", "{\"text\":\"goes on\"}"));
    assertEquals("goes on", Messages.text(receive()));
    assertEndsInOrder();
    assertTrue(Files.readString(errors()).contains("OutOfMemoryError"));
  }

  @Test
  void whatToolsPrintGoesToStandardError() throws Exception {
    send(Messages.modernCall("1", "noisy", "{}"));
    assertEquals("done", Messages.text(receive()));
    send(Messages.modernCall("2", "echo", "{\"text\":\"clean\"}"));
    assertEquals("clean", Messages.text(receive()));
    assertEndsInOrder();
    String errors = Files.readString(errors());
    assertTrue(errors.contains(ProcessServer.NOISE), errors);
    assertTrue(errors.contains("\"id\":99"), errors);
  }

  @Test
  void standardInputIsAtItsEndForTools() throws Exception {
    send(Messages.modernCall("1", "reads", "{}"));
    assertEquals("read -1", Messages.text(receive()));
    send(Messages.modernCall("2", "echo", "{\"text\":\"not swallowed\"}"));
    assertEquals("not swallowed", Messages.text(receive()));
    assertEndsInOrder();
  }

  @Test
  void handlerThatIgnoresInterruptsDoesNotKeepTheProcess() throws Exception {
    send(Messages.modernCallWithProgress("1", "stubborn", "1"));
    assertEquals("notifications/progress", receive().path("method").textValue());
    assertEndsInOrder();
  }

  /** SIGTERM where there are signals. The handle leaves the streams open, unlike the process. */
  private void terminate() throws Exception {
    assumeTrue(process.supportsNormalTermination());
    process.toHandle().destroy();
  }

  @Test
  void callInFlightIsAnsweredWhenTheProcessIsToldToEnd() throws Exception {
    send(Messages.modernCallWithProgress("1", "slow", "1"));
    assertEquals("notifications/progress", receive().path("method").textValue());
    terminate();
    assertEquals("done", Messages.text(receive()));
    assertNull(out.readLine());
    assertTrue(process.waitFor(Waiting.SECONDS, TimeUnit.SECONDS), "the process runs on");
    String errors = Files.readString(errors());
    assertTrue(errors.contains("waiting for 1 call (tools/call slow)"), errors);
    assertFalse(errors.contains("Aborted"), errors);
  }

  @Test
  void callThatIsCutOffIsNamed() throws Exception {
    stop();
    start("100", "64m");
    send(Messages.modernCallWithProgress("1", "stubborn", "1"));
    assertEquals("notifications/progress", receive().path("method").textValue());
    terminate();
    assertNull(out.readLine());
    assertTrue(process.waitFor(Waiting.SECONDS, TimeUnit.SECONDS), "the process runs on");
    String errors = Files.readString(errors());
    assertTrue(errors.contains("Aborted 1 call (tools/call stubborn)"), errors);
    assertTrue(errors.contains("stopTimeout"), errors);
  }

  @Test
  void idleProcessEndsAtOnceAndSaysNothing() throws Exception {
    send(Messages.ping("1"));
    assertEquals(1, receive().get("id").intValue());
    terminate();
    assertNull(out.readLine());
    assertTrue(process.waitFor(Waiting.SECONDS, TimeUnit.SECONDS), "the process runs on");
    assertFalse(Files.readString(errors()).contains("waiting for"));
  }
}
