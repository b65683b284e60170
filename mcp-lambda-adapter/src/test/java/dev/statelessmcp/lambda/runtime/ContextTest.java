package dev.statelessmcp.lambda.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.Context;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ContextTest {

  @AfterEach
  void forgetTheTrace() {
    System.clearProperty(InvocationLoop.TRACE_PROPERTY);
  }

  private static Context contextOf(RuntimeUnderTest runtime, String headers) throws Exception {
    CompletableFuture<Context> context = new CompletableFuture<>();
    runtime.start((event, response, given) -> {
      response.send(event);
      context.complete(given);
    });
    runtime.api.event("id-1", "{}", headers);
    return context.get(FakeRuntimeApi.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void everythingThatTheServiceSaysIsThere() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()
        .with("AWS_LAMBDA_FUNCTION_NAME", "echo")
        .with("AWS_LAMBDA_FUNCTION_VERSION", "7")
        .with("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
        .with("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/echo")
        .with("AWS_LAMBDA_LOG_STREAM_NAME", "stream")) {
      Context context = contextOf(
          runtime,
          "Lambda-Runtime-Deadline-Ms: "
              + (System.currentTimeMillis() + 900_000)
              + "\r\nLambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:x\r\n"
              + "Lambda-Runtime-Trace-Id: Root=1-2;Sampled=1\r\n"
              + "Lambda-Runtime-Aws-Tenant-Id: blue\r\n"
              + "Lambda-Runtime-Cognito-Identity: {\"cognitoIdentityId\":\"i\","
              + "\"cognitoIdentityPoolId\":\"p\"}\r\n"
              + "Lambda-Runtime-Client-Context: {\"client\":{\"installation_id\":\"in\","
              + "\"app_title\":\"Tïtle\",\"app_version_name\":\"vn\",\"app_version_code\":\"vc\","
              + "\"app_package_name\":\"pn\"},\"custom\":{\"a\":\"ü€\",\"n\":1,\"o\":{\"x\":[]},"
              + "\"none\":null},\"env\":{\"locale\":\"de\"}}\r\n");
      assertEquals("id-1", context.getAwsRequestId());
      assertEquals("echo", context.getFunctionName());
      assertEquals("7", context.getFunctionVersion());
      assertEquals(512, context.getMemoryLimitInMB());
      assertEquals("/aws/lambda/echo", context.getLogGroupName());
      assertEquals("stream", context.getLogStreamName());
      assertEquals("arn:aws:lambda:x", context.getInvokedFunctionArn());
      assertEquals("Root=1-2;Sampled=1", context.getXrayTraceId());
      assertEquals("blue", context.getTenantId());
      assertNotNull(context.getLogger());
      int left = context.getRemainingTimeInMillis();
      assertTrue(left > 600_000 && left <= 900_000, () -> "" + left);
      assertEquals("i", context.getIdentity().getIdentityId());
      assertEquals("p", context.getIdentity().getIdentityPoolId());
      ClientContext caller = context.getClientContext();
      Client app = caller.getClient();
      assertEquals("in", app.getInstallationId());
      assertEquals("Tïtle", app.getAppTitle());
      assertEquals("vn", app.getAppVersionName());
      assertEquals("vc", app.getAppVersionCode());
      assertEquals("pn", app.getAppPackageName());
      assertEquals(Set.of("a", "n", "o", "none"), caller.getCustom().keySet());
      assertEquals("ü€", caller.getCustom().get("a"));
      assertEquals("1", caller.getCustom().get("n"));
      assertEquals("{\"x\":[]}", caller.getCustom().get("o"));
      assertNull(caller.getCustom().get("none"));
      assertEquals(Map.of("locale", "de"), caller.getEnvironment());
    }
  }

  @Test
  void absentMembersAreNull() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()) {
      Context context = contextOf(runtime, "");
      assertNull(context.getIdentity());
      assertNull(context.getClientContext());
      assertNull(context.getTenantId());
      assertNull(context.getXrayTraceId());
      assertEquals(Integer.MAX_VALUE, context.getRemainingTimeInMillis());
      assertEquals(0, context.getMemoryLimitInMB());
    }
  }

  @Test
  void timeThatIsOverIsNothingAndAnEmptyContextHasNoParts() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()) {
      Context context = contextOf(
          runtime, "Lambda-Runtime-Deadline-Ms: 1000\r\nLambda-Runtime-Client-Context: {}\r\n");
      assertEquals(0, context.getRemainingTimeInMillis());
      assertNull(context.getClientContext().getClient());
      assertEquals(Map.of(), context.getClientContext().getCustom());
      assertEquals(Map.of(), context.getClientContext().getEnvironment());
    }
  }

  @Test
  void invalidClientContextIsAnErrorOfTheInvocation() throws Exception {
    try (RuntimeUnderTest runtime =
        new RuntimeUnderTest().start((event, response, context) -> response.send(event))) {
      runtime.api.event("1", "x", "Lambda-Runtime-Client-Context: {\"a\r\n").event("2", "y");
      Posted error = runtime.api.posted();
      assertEquals("invocation/1/error", error.path);
      String message = error.json().get("errorMessage").textValue();
      assertTrue(message.startsWith("Lambda-Runtime-Client-Context is not JSON"), message);
      assertEquals("y", runtime.api.posted().chunkText());
    }
  }

  @Test
  void theTraceIsAPropertyOnlyWhereThereIsOneInvocationAtATime() throws Exception {
    AtomicReference<String> property = new AtomicReference<>();
    StreamHandler handler = (event, response, context) -> {
      property.set(System.getProperty(InvocationLoop.TRACE_PROPERTY));
      response.send(event);
    };
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start(handler)) {
      runtime.api.event("1", "", "Lambda-Runtime-Trace-Id: Root=1\r\n").posted();
      assertEquals("Root=1", property.get());
      runtime.api.event("2", "").posted();
      assertNull(property.get());
    }
    try (RuntimeUnderTest runtime =
        new RuntimeUnderTest().with("AWS_LAMBDA_MAX_CONCURRENCY", "1").start(handler)) {
      runtime.api.event("1", "", "Lambda-Runtime-Trace-Id: Root=1\r\n").posted();
      assertNull(property.get());
    }
  }

  @Test
  void eightThreadsServeEightEventsAtOnceThroughOneHandler() throws Exception {
    CyclicBarrier together = new CyclicBarrier(8);
    Set<String> threads = ConcurrentHashMap.newKeySet();
    StreamHandler handler = (event, response, context) -> {
      threads.add(Thread.currentThread().getName());
      // Fails unless all eight are here at the same time
      together.await(FakeRuntimeApi.PATIENCE_SECONDS, TimeUnit.SECONDS);
      response.send(context.getAwsRequestId().getBytes(StandardCharsets.UTF_8));
    };
    try (RuntimeUnderTest runtime =
        new RuntimeUnderTest().with("AWS_LAMBDA_MAX_CONCURRENCY", "8").start(handler)) {
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 8; i++) {
          runtime.api.event("r" + round + "-" + i, "");
        }
        for (int i = 0; i < 8; i++) {
          Posted posted = runtime.api.posted();
          assertEquals("invocation/" + posted.chunkText() + "/response", posted.path);
        }
      }
      assertEquals(8, threads.size());
      assertEquals(8, runtime.api.connections.get());
      runtime.api.end();
      assertEquals(1, runtime.status());
    }
  }
}
