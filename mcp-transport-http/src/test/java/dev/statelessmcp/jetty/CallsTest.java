package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.test.TestCall;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls beside each other, calls that go wrong, and what a tool sees of a request. */
@ExtendWith(SilentLog.class)
class CallsTest {
  private McpHttpServer http;

  @AfterEach
  void stop() {
    if (http != null) {
      http.close();
    }
  }

  private void start(Tool... tools) throws IOException {
    start(McpHttpServer.builder(TestTools.server(tools)));
  }

  private void start(McpHttpServer.Builder builder) throws IOException {
    http = builder.port(0).silence(Duration.ofDays(1)).start();
  }

  private HttpAnswer exchange(HttpText request) throws IOException {
    return RawClient.exchange(http.port(), request);
  }

  @Test
  void callsRunInParallelAndEachIsAnsweredByItsOwnId() throws Exception {
    callTogether(64);
  }

  @Test
  void asManyCallsRunInParallelAsTheDefaultAllows() throws Exception {
    callTogether(256);
  }

  /** Each waits for all the others, so that none is answered unless all of them run. */
  private void callTogether(int calls) throws Exception {
    CyclicBarrier everybody = new CyclicBarrier(calls);
    start(Tool.of("meet", "Waits for all the others", TestTools.Text.class, (in, call) -> {
      Waiting.await(everybody);
      return ToolResult.text(in.text());
    }));
    McpTestClient modern = McpTestClient.http(http.uri());
    McpTestClient legacy = modern.legacy();
    List<TestCall> running = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      McpTestClient client = i % 2 == 0 ? modern : legacy;
      running.add(client.start("meet", Map.of("text", "call " + i)));
    }
    for (int i = 0; i < calls; i++) {
      running.get(i).answer().hasStatus(200).hasText("call " + i);
    }
  }

  @Test
  void callsBeyondTheBoundAreRefusedAndTheRestServed() throws Exception {
    CountDownLatch started = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    Tool wait = TestTools.tool("wait", (none, call) -> {
      started.countDown();
      Waiting.await(release);
      return ToolResult.text("done");
    });
    start(McpHttpServer.builder(TestTools.server(wait)).maxConcurrentCalls(2));
    McpTestClient modern = McpTestClient.http(http.uri());
    McpTestClient legacy = modern.legacy();
    TestCall first = modern.start("wait");
    TestCall second = legacy.start("wait");
    Waiting.await(started);
    for (TestAnswer refusal :
        List.of(modern.call("wait"), legacy.call("wait"), legacy.request("ping", Json.object()))) {
      refusal.hasStatus(503).hasError(ErrorCode.INTERNAL_ERROR, "maxConcurrentCalls");
      assertTrue(Integer.parseInt(refusal.header("retry-after").orElseThrow()) > 0);
    }
    release.countDown();
    first.answer().hasText("done");
    second.answer().hasText("done");
  }

  @Test
  void answeredCallsDoNotCountTowardsTheLimit() throws Exception {
    start(McpHttpServer.builder(TestTools.server()).maxConcurrentCalls(1));
    for (int i = 0; i < 500; i++) {
      HttpAnswer answer = exchange(HttpText.legacyPing(i)); // on a new connection
      assertEquals(200, answer.status(), answer::toString);
    }
  }

  @Test
  void toolThatFailsIsAnErrorWithoutDetails() throws Exception {
    start(
        TestTools.tool("throws", (none, call) -> {
          throw new IllegalStateException("secret");
        }),
        TestTools.tool("recurses", (none, call) -> ToolResult.text("" + endless(1))),
        TestTools.tool("pojo", (none, call) -> {
          ObjectNode data = Json.object().putPOJO("pojo", new Object());
          return ToolResult.of().structuredContent(data);
        }));
    McpTestClient client = McpTestClient.http(http.uri());
    for (McpTestClient each : List.of(client, client.legacy())) {
      for (String tool : List.of("throws", "recurses", "pojo")) {
        TestAnswer answer = each.call(tool).hasStatus(200).hasError(-32603);
        String message = answer.error().get("message").textValue();
        assertTrue(message.startsWith("Internal error (ref "), message);
      }
    }
    client.legacy().request("ping", Json.object()).hasStatus(200).isResult();
  }

  private static long endless(long n) {
    return n == Long.MIN_VALUE ? n : 1 + endless(n + 1);
  }

  /** Catching an interrupt, restoring it and returning is what handlers are taught to do. */
  @Test
  void toolThatLeavesItsThreadInterruptedIsAnswered() throws Exception {
    String large = "x".repeat(19_000_000); // more than is written at once
    start(TestTools.tool("interrupts", (none, call) -> {
      call.progress(1, 0, null);
      Thread.currentThread().interrupt();
      return ToolResult.text(large);
    }));
    for (HttpText request : List.of(
        HttpText.modernCall(1, "interrupts", "{}"), HttpText.legacyCall(1, "interrupts", "{}"))) {
      HttpAnswer answer = exchange(request);
      assertEquals(200, answer.status());
      assertEquals(large.length(), answer.text().length());
    }
    HttpAnswer stream = exchange(HttpText.modernCallWithProgress(1, "interrupts"));
    assertTrue(stream.body().length() > large.length());
  }

  @Test
  void bearerTokenIsCheckedAndTheCallerKnown() throws Exception {
    Authenticator authenticator =
        request -> request.headers().get("Authorization").equals(Optional.of("Bearer secret"))
            ? Authenticator.accepted(Caller.of("alice", "read"))
            : Authenticator.unauthorized("Bearer resource_metadata=\"https://x.example\"");
    Tool who = TestTools.tool(
        "who",
        (none, call) ->
            ToolResult.text(call.caller().principal() + " " + call.caller().scopes()));
    start(McpHttpServer.builder(TestTools.server(who)).authenticator(authenticator));
    for (HttpText request : List.of(
        HttpText.modernCall(1, "who", "{}"),
        HttpText.legacyCall(1, "who", "{}"),
        HttpText.of("GET", "/mcp"))) {
      HttpAnswer refusal = exchange(request);
      assertEquals(401, refusal.status());
      assertEquals(
          "Bearer resource_metadata=\"https://x.example\"", refusal.header("www-authenticate"));
      assertEquals(-32600, refusal.error());
      assertEquals(
          401, exchange(request.header("Authorization", "Bearer wrong")).status());
    }
    McpTestClient alice = McpTestClient.http(http.uri()).header("Authorization", "Bearer secret");
    alice.call("who").hasText("alice [read]");
    alice.legacy().call("who").hasText("alice [read]");
  }

  @Test
  void failingAuthenticatorRefusesAllRequests() throws Exception {
    McpServer server = TestTools.server(TestTools.echo());
    start(McpHttpServer.builder(server).authenticator(request -> {
      throw new IllegalStateException("secret");
    }));
    TestAnswer answer = McpTestClient.http(http.uri())
        .call("echo", Map.of("text", "hi"))
        .hasStatus(500)
        .hasError(ErrorCode.INTERNAL_ERROR);
    assertFalse(answer.transcript().contains("secret"), answer::transcript);
  }

  @Test
  void toolSeesTheAddressOfTheClient() throws Exception {
    start(TestTools.tool("from", (none, call) -> {
      InetSocketAddress from = call.attributes().get(InetSocketAddress.class).orElseThrow();
      return ToolResult.text(from.getAddress().getHostAddress() + " " + from.getPort());
    }));
    try (RawClient client = new RawClient(http.port())) {
      for (HttpText request :
          List.of(HttpText.modernCall(1, "from", "{}"), HttpText.legacyCall(1, "from", "{}"))) {
        assertEquals("127.0.0.1 " + client.localPort(), client.exchange(request).text());
      }
    }
  }

  @Test
  void toolSeesTheHeaders() throws Exception {
    start(TestTools.tool(
        "headers",
        (none, call) -> ToolResult.text(call.headers().get("x-tenant")
            + " "
            + call.headers().get("host")
            + " "
            + call.caller().isAnonymous())));
    for (HttpText request :
        List.of(HttpText.modernCall(1, "headers", "{}"), HttpText.legacyCall(1, "headers", "{}"))) {
      assertEquals(
          "[acme] [localhost:1] true",
          exchange(request.header("X-Tenant", "  acme ").header("Host", "localhost:1"))
              .text());
    }
  }
}
