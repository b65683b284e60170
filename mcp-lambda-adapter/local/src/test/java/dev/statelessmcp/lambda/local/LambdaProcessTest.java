package dev.statelessmcp.lambda.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The test's own tool tested: a real runtime client around a tiny function. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT) // they wait for processes to start
class LambdaProcessTest {
  private static final String HANDLER = ProbeHandler.class.getName();
  private static final String CLASS_FILE = TaskRoot.classFile(ProbeHandler.class);

  @TempDir
  static Path taskRoot;

  @BeforeAll
  static void deploy() throws IOException {
    TaskRoot.deploy(taskRoot, ProbeHandler.class);
  }

  @Test
  void answersEventsWithWhatTheHandlerWrote() throws IOException {
    try (LambdaProcess function = function().start()) {
      InvocationResult answer = invoke(function, "say Grüße 🎈");
      assertFalse(answer.isError(), answer::toString);
      assertNull(answer.errorType());
      assertEquals("Grüße 🎈", answer.text());
      assertTrue(answer.duration().toNanos() > 0);
      assertTrue(function.initDuration().toNanos() > 0);
      assertEquals("", invoke(function, "say ").text());
    }
  }

  @Test
  void tellsTheHandlerWhatLambdaTells() throws IOException {
    LambdaProcessBuilder described =
        function().name("probe").memoryMb(256).timeout(Duration.ofSeconds(9));
    try (LambdaProcess function = described.environment("COLOUR", "blue").start()) {
      InvocationResult answer = invoke(function, "context");
      String[] seen = answer.text().split(" ", -1);
      assertEquals(answer.requestId(), seen[0]);
      assertEquals("probe", seen[1]);
      assertEquals("arn:aws:lambda:us-east-1:123456789012:function:probe", seen[2]);
      assertEquals("256", seen[3]);
      int remaining = Integer.parseInt(seen[4]);
      assertTrue(remaining > 0 && remaining <= 9_000, answer::text);
      assertEquals("blue", invoke(function, "env COLOUR").text());
      String clientContext = "{\"custom\":{\"tool\":\"Größe\"}}";
      assertEquals(
          "Größe", function.invoke("client tool".getBytes(UTF_8), clientContext).text());
      String trace = invoke(function, "property com.amazonaws.xray.traceHeader").text();
      assertTrue(trace.matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0"));
    }
  }

  @Test
  void keepsTheTestsWorldOutOfTheFunction() throws IOException {
    try (LambdaProcess function = function().start()) {
      assertEquals("false", invoke(function, "sees org.junit.jupiter.api.Test").text());
      assertEquals(
          "false", invoke(function, "sees " + LambdaProcess.class.getName()).text());
      assertEquals("null", invoke(function, "env HOME").text());
    }
  }

  @Test
  void reportsAnExceptionAndServesTheNextEvent() throws IOException {
    try (LambdaProcess function = function().start()) {
      InvocationResult error = invoke(function, "fail too large");
      assertTrue(error.isError());
      assertEquals("Runtime.UserException", error.errorType());
      assertTrue(error.text().contains("java.lang.IllegalArgumentException"), error::text);
      assertTrue(error.text().contains("\"errorMessage\":\"too large\""), error::text);
      assertEquals("still here", invoke(function, "say still here").text());
    }
  }

  @Test
  void refusesAnAnswerOverTheLimit() throws IOException {
    try (LambdaProcess function = function().start()) {
      InvocationResult most = invoke(function, "repeat " + RuntimeAnswer.MAX_BYTES);
      assertEquals(RuntimeAnswer.MAX_BYTES, most.payload().length);
      InvocationResult over = invoke(function, "repeat " + (RuntimeAnswer.MAX_BYTES + 1));
      assertEquals(InvocationResult.TOO_LARGE, over.errorType());
      assertTrue(over.text().contains("(6291556 bytes)"), over::text);
    }
  }

  @Test
  void collectsWhatTheHandlerPrints() throws IOException {
    LambdaProcess function = function().start();
    try (function) {
      invoke(function, "print 1 ü");
      assertTrue(function.stdout().contains("probe ready\nout 1 ü\n"), function::stdout);
      assertEquals("err 1 ü\n", function.stderr());
    }
    assertTrue(function.stdout().contains("out 1 ü"), "also after close");
  }

  @Test
  void saysWhyInitFailed() {
    String message = startFailure(function().environment("PROBE_INIT", "throw"));
    assertTrue(message.startsWith("Function failed to initialize: {"), message);
    assertTrue(message.contains("no such table"), message);
    assertTrue(message.contains("IllegalStateException"), message);
  }

  @Test
  void saysWithEveryEventThatTheHandlerIsMissing() throws IOException {
    // Not at init: the client starts without the handler and complains when it is called.
    try (LambdaProcess function =
        LambdaProcess.of(taskRoot, "com.example.Nowhere").start()) {
      InvocationResult error = invoke(function, "say hello");
      assertTrue(error.isError(), error::toString);
      assertTrue(error.text().contains("Class not found: com.example.Nowhere"), error::text);
    }
  }

  @Test
  void saysThatTheProcessEndedDuringInit() {
    String message = startFailure(function().environment("PROBE_INIT", "exit"));
    assertTrue(message.startsWith("Runtime exited during init: exit status 4"), message);
    message = startFailure(function().jvmFlags("-XX:+NoSuchFlag"));
    assertTrue(message.startsWith("Runtime exited during init: exit status 1"), message);
    assertTrue(message.contains("Unrecognized VM option"), message);
  }

  @Test
  void doesNotWaitForeverForInit() {
    LambdaProcessBuilder hanging = function().environment("PROBE_INIT", "hang");
    String message = startFailure(hanging.initTimeout(Duration.ofMillis(1_500)));
    assertTrue(message.startsWith("Init has not finished within PT1.5S"), message);
  }

  @Test
  void reportsTheEndOfTheProcess() throws IOException {
    try (LambdaProcess function = function().start()) {
      assertEquals(OptionalInt.empty(), function.exitStatus());
      InvocationResult error = invoke(function, "exit 3");
      assertEquals(InvocationResult.EXIT_ERROR, error.errorType());
      assertTrue(error.text().contains("Runtime exited with error: exit status 3"), error::text);
      assertEquals(OptionalInt.of(3), function.exitStatus());
      String next = assertThrows(IllegalStateException.class, () -> invoke(function, "say hello"))
          .getMessage();
      assertTrue(next.startsWith("The function's process has ended with status 3"), next);
    }
  }

  @Test
  void endsAFunctionThatTakesTooLong() throws IOException {
    try (LambdaProcess function = function().timeout(Duration.ofMillis(700)).start()) {
      InvocationResult error = invoke(function, "sleep 30000");
      assertEquals(InvocationResult.TIMED_OUT, error.errorType());
      assertTrue(error.text().contains("Task timed out after 0.70 seconds"), error::text);
      assertTrue(function.exitStatus().isPresent());
    }
  }

  @Test
  void servesSeveralEventsAtOnceOnManagedInstances() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(4);
    LambdaProcessBuilder concurrent = function().environment("AWS_LAMBDA_MAX_CONCURRENCY", "4");
    try (LambdaProcess function = concurrent.start()) {
      List<Future<InvocationResult>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(callers.submit(() -> invoke(function, "meet")));
      }
      Set<String> ids = new HashSet<>();
      for (Future<InvocationResult> answer : answers) {
        assertEquals(answer.get().requestId(), answer.get().text(), "its own answer");
        ids.add(answer.get().requestId());
      }
      assertEquals(4, ids.size());
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void restoresASnapshotBeforeTheFirstEvent() throws IOException {
    LambdaProcessBuilder snapStart =
        function().environment("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    try (LambdaProcess function = snapStart.start()) {
      assertEquals("warm", invoke(function, "say warm").text());
    }
  }

  @Test
  void unpacksAZipWithTheFunctionInItsLibFolderAndCleansUp(@TempDir Path folder)
      throws IOException {
    Path jar = zip(folder.resolve("probe.jar"), CLASS_FILE, TaskRoot.bytes(ProbeHandler.class));
    Path zip = zip(folder.resolve("function.zip"), "lib/probe.jar", Files.readAllBytes(jar));
    Path unpacked;
    try (LambdaProcess function = LambdaProcess.of(zip, HANDLER).start()) {
      unpacked = Path.of(invoke(function, "property user.dir").text());
      assertTrue(Files.exists(unpacked.resolve("lib/probe.jar")));
    }
    assertFalse(Files.exists(unpacked.getParent()));
  }

  @Test
  void sharesAnUnpackedRuntimeClient(@TempDir Path folder) throws IOException {
    for (int i = 0; i < 2; i++) {
      try (LambdaProcess function = function().runtimeFolder(folder).start()) {
        assertTrue(ProcessHandle.of(function.pid()).orElseThrow().isAlive());
        String classPath = invoke(function, "property java.class.path").text();
        assertTrue(classPath.startsWith(folder.toString()), classPath);
        assertEquals("hello", invoke(function, "say hello").text());
      }
    }
    assertTrue(Files.exists(folder.resolve("aws-lambda-java-core.jar")));
  }

  @Test
  void refusesAZipThatWritesElsewhere(@TempDir Path folder) throws IOException {
    Path zip = zip(folder.resolve("function.zip"), "../../stray", new byte[0]);
    assertThrows(IOException.class, LambdaProcess.of(zip, HANDLER)::start);
  }

  @Test
  void passesOnWholeLinesWhileTheProcessRuns() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (LambdaProcess function = function().output(lines::add).start()) {
      invoke(function, "print 1 ü");
      Set<String> seen = new HashSet<>();
      while (!seen.containsAll(Set.of("probe ready", "out 1 ü", "err 1 ü"))) {
        seen.add(lines.take());
      }
      assertEquals("", function.stdout());
    }
  }

  private static LambdaProcessBuilder function() {
    return LambdaProcess.of(taskRoot, HANDLER);
  }

  private static InvocationResult invoke(LambdaProcess function, String event) {
    return function.invoke(event.getBytes(UTF_8));
  }

  private static String startFailure(LambdaProcessBuilder function) {
    return assertThrows(IllegalStateException.class, function::start).getMessage();
  }

  private static Path zip(Path file, String entry, byte[] content) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
      zip.closeEntry();
    }
    return file;
  }
}
