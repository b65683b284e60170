package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SnapStart and Lambda Managed Instances, behind the runtime interface client. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux alone")
class LambdaModesIT {
  private static final int THREADS = 8;

  @TempDir
  private Path temp;

  private static byte[] call(String tool, String arguments) {
    return Json.write(LambdaEvents.url(LambdaEvents.call(tool, arguments)));
  }

  private static String text(InvocationResult answer) {
    assertFalse(answer.isError(), answer::text);
    JsonNode event = Json.parse(answer.text());
    return Json.parse(event.get("body").textValue())
        .at("/result/content/0/text")
        .textValue();
  }

  @Test
  void theHooksOfSnapStartRunAroundTheSnapshot() throws Exception {
    try (LambdaProcess function = FaultyFunction.in(temp)
        .environment("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
        // As the managed runtime sets it, so that org.crac finds Lambda's implementation
        .jvmFlags("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac")
        .start()) {
      InvocationResult answer = function.invoke(call("where", "{}"));
      assertEquals(answer.requestId(), text(answer));
      List<String> hooks = function
          .stdout()
          .lines()
          .filter(line -> line.endsWith("the snapshot"))
          .toList();
      assertEquals(List.of("before the snapshot", "after the snapshot"), hooks);
    }
  }

  @Test
  void manyInvocationsAtOnceShareOneHandler() throws Exception {
    try (LambdaProcess function = FaultyFunction.in(temp)
        .environment("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(THREADS))
        .start()) {
      ExecutorService clients = Executors.newFixedThreadPool(THREADS);
      try {
        List<Callable<InvocationResult>> meetings = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          meetings.add(() -> function.invoke(call("meet", "{\"amount\":1500}")));
        }
        int most = 0;
        for (Future<InvocationResult> meeting : clients.invokeAll(meetings)) {
          most = Math.max(most, Integer.parseInt(text(meeting.get()).substring("most ".length())));
        }
        assertEquals(THREADS, most, "calls that were inside at once");
        List<Callable<InvocationResult>> calls = new ArrayList<>();
        for (int i = 0; i < 50 * THREADS; i++) {
          calls.add(() -> function.invoke(call("where", "{}")));
        }
        for (Future<InvocationResult> done : clients.invokeAll(calls)) {
          assertEquals(done.get().requestId(), text(done.get()));
        }
      } finally {
        clients.shutdownNow();
      }
      assertTrue(function.exitStatus().isEmpty());
    }
  }
}
