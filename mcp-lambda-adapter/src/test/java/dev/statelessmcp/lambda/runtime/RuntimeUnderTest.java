package dev.statelessmcp.lambda.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A runtime in this JVM, on a fake API. */
final class RuntimeUnderTest implements AutoCloseable {
  final FakeRuntimeApi api = new FakeRuntimeApi();
  final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  RuntimeUnderTest() throws IOException {
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("_HANDLER", TestHandler.class.getName());
  }

  RuntimeUnderTest with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  RuntimeUnderTest start(StreamHandler behaviour) {
    TestHandler.BEHAVIOUR.set(behaviour);
    PrintStream out = new PrintStream(log, false, StandardCharsets.UTF_8);
    Thread thread = new Thread(
        () -> {
          try {
            status.complete(new StreamingRuntime(environment, out).run());
          } catch (Throwable t) {
            status.completeExceptionally(t);
          }
        },
        "runtime-under-test");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** Waits for the runtime's end. */
  int status() throws Exception {
    return status.get(FakeRuntimeApi.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** Ends the runtime, if the test has not. */
  @Override
  public void close() throws IOException {
    api.end();
    status
        .completeOnTimeout(-1, FakeRuntimeApi.PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
    api.close();
  }
}
