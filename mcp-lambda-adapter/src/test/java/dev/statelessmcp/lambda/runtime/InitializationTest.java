package dev.statelessmcp.lambda.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens before the first event. */
@Timeout(120)
class InitializationTest {

  /** Has a constructor that fails. */
  public static final class Failing implements StreamHandler {
    public Failing() {
      throw new IllegalStateException("no table", new IllegalArgumentException("bad name"));
    }

    @Override
    public void handle(byte[] event, RuntimeResponse response, Context context) {}
  }

  /** Has a static initialiser that fails. */
  public static final class Broken implements StreamHandler {
    private static final int NUMBER = Integer.parseInt("x");

    @Override
    public void handle(byte[] event, RuntimeResponse response, Context context) {
      assertEquals(0, NUMBER);
    }
  }

  /** Cannot be created by name alone. */
  public static final class WithParameter implements StreamHandler {
    public WithParameter(String name) {
      assertEquals("", name);
    }

    @Override
    public void handle(byte[] event, RuntimeResponse response, Context context) {}
  }

  /** Streams on a runtime that does. */
  public static final class Both implements StreamHandler, RequestStreamHandler {
    @Override
    public void handle(byte[] event, RuntimeResponse response, Context context) throws IOException {
      response.send("\"streamed\"".getBytes(UTF_8));
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      output.write("\"whole\"".getBytes(UTF_8));
    }
  }

  private static final StreamHandler NONE = (event, response, context) -> {};

  @ParameterizedTest
  @CsvSource({
    "'', The function has no handler: name a class",
    "a.B, The handler's class a.B was not found",
    "a.B::run, 'The handler ''a.B::run'' must be a class name, or end in ::handleRequest'",
    "java.lang.Object, The handler java.lang.Object is neither",
    "java.lang.Number, The handler java.lang.Number must be a public class",
    "java.util.Locale, The handler java.util.Locale has no public constructor"
  })
  void invalidHandlerIsReported(String handler, String message) throws Exception {
    try (RuntimeUnderTest runtime =
        new RuntimeUnderTest().with("_HANDLER", handler).start(NONE)) {
      Posted error = runtime.api.posted();
      assertEquals("init/error", error.path);
      assertEquals("Runtime.BadFunctionCode", error.errorType());
      String text = error.json().get("errorMessage").textValue();
      assertTrue(text.startsWith(message), text);
      assertEquals(1, runtime.status());
      assertTrue(runtime.log().contains(message), runtime.log());
    }
  }

  @ParameterizedTest
  @CsvSource({"on, streamed", "off, whole"})
  void streamingCanBeSwitchedOff(String setting, String answer) throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()
        .with("_HANDLER", Both.class.getName())
        .with("MCP_STREAMING", setting)
        .start(NONE)) {
      assertEquals(answer, runtime.api.event("1", "{}").posted().json().textValue());
    }
  }

  @Test
  void withoutTheSettingAnswersAreStreamed() throws Exception {
    try (RuntimeUnderTest runtime =
        new RuntimeUnderTest().with("_HANDLER", Both.class.getName()).start(NONE)) {
      assertEquals("streamed", runtime.api.event("1", "{}").posted().json().textValue());
    }
  }

  @Test
  void anotherValueOfTheSettingIsReported() throws Exception {
    try (RuntimeUnderTest runtime =
        new RuntimeUnderTest().with("MCP_STREAMING", "yes").start(NONE)) {
      Posted error = runtime.api.posted();
      assertEquals("init/error", error.path);
      assertEquals(
          "MCP_STREAMING must be on or off, was 'yes'",
          error.json().get("errorMessage").textValue());
      assertEquals(1, runtime.status());
    }
  }

  @Test
  void exceptionOfAConstructorIsReportedWithItsCauses() throws Exception {
    try (RuntimeUnderTest runtime =
        new RuntimeUnderTest().with("_HANDLER", Failing.class.getName()).start(NONE)) {
      assertEquals(
          "The constructor of the handler "
              + Failing.class.getName()
              + " has failed; caused by: java.lang.IllegalStateException: no table; caused by:"
              + " java.lang.IllegalArgumentException: bad name",
          runtime.api.posted().json().get("errorMessage").textValue());
      assertEquals(1, runtime.status());
    }
  }

  @Test
  void exceptionOfAStaticInitialiserIsReported() throws Exception {
    for (Class<?> broken : List.of(Broken.class, WithParameter.class)) {
      try (RuntimeUnderTest runtime =
          new RuntimeUnderTest().with("_HANDLER", broken.getName()).start(NONE)) {
        String message = runtime.api.posted().json().get("errorMessage").textValue();
        assertTrue(message.contains(broken.getName()), message);
        assertEquals(1, runtime.status());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_LAMBDA_MAX_CONCURRENCY, many",
    "AWS_LAMBDA_MAX_CONCURRENCY, -1",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE, 1GB",
    "AWS_LAMBDA_LOG_LEVEL, LOUD"
  })
  void aVariableThatMakesNoSenseIsNamed(String name, String value) throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().with(name, value).start(NONE)) {
      String message = runtime.api.posted().json().get("errorMessage").textValue();
      assertTrue(message.contains(name) && message.contains(value), message);
      assertEquals(1, runtime.status());
    }
  }

  @Test
  void withoutAnApiThereIsOnlyAMessage() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()) {
      runtime.environment.remove("AWS_LAMBDA_RUNTIME_API");
      runtime.start(NONE);
      assertEquals(1, runtime.status());
      assertTrue(runtime.log().startsWith("AWS_LAMBDA_RUNTIME_API is not set"), runtime.log());
    }
  }

  /** Notes in which order it is called; fails where it is told to. */
  private record Snapshots(List<String> calls, String failing) implements StreamHandler {
    @Override
    public void handle(byte[] event, RuntimeResponse response, Context context) throws Exception {
      calls.add("handle");
      response.send(event);
    }

    @Override
    public void beforeCheckpoint() {
      note("before");
    }

    @Override
    public void afterRestore() {
      note("after");
    }

    private void note(String call) {
      calls.add(call);
      if (call.equals(failing)) {
        throw new IllegalStateException("not " + call);
      }
    }
  }

  @Test
  void aSnapshotIsTakenBetweenTheHooks() throws Exception {
    Snapshots handler = new Snapshots(new CopyOnWriteArrayList<>(), "");
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()
        .with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
        .start(handler)) {
      assertEquals("x", runtime.api.event("1", "x").posted().chunkText());
      assertEquals("restore/next", runtime.api.gets.poll());
      assertEquals("invocation/next", runtime.api.gets.poll());
      assertEquals(List.of("before", "after", "handle"), handler.calls());
      assertEquals(2, runtime.api.connections.get());
    }
  }

  @Test
  void withoutSnapStartThereAreNoHooks() throws Exception {
    Snapshots handler = new Snapshots(new CopyOnWriteArrayList<>(), "");
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()
        .with("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
        .start(handler)) {
      assertEquals("x", runtime.api.event("1", "x").posted().chunkText());
      assertEquals(List.of("handle"), handler.calls());
      assertFalse(runtime.api.gets.contains("restore/next"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "before, init/error, Runtime.BeforeCheckpointError",
    "after, restore/error, Runtime.AfterRestoreError"
  })
  void aHookThatFailsEndsTheRuntime(String hook, String path, String type) throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()
        .with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
        .start(new Snapshots(new CopyOnWriteArrayList<>(), hook))) {
      Posted error = runtime.api.posted();
      assertEquals(path, error.path);
      assertEquals(type, error.errorType());
      assertEquals("not " + hook, error.json().get("errorMessage").textValue());
      assertEquals(64, runtime.status());
    }
  }

  @Test
  void aRestoreThatIsRefusedEndsTheRuntime() throws Exception {
    try (RuntimeUnderTest runtime =
        new RuntimeUnderTest().with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")) {
      runtime.api.answer("restore/next", "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
      runtime.start(new Snapshots(new CopyOnWriteArrayList<>(), ""));
      assertEquals(64, runtime.status());
      assertEquals("init/error", runtime.api.posted().path);
    }
  }
}
