package dev.statelessmcp.lambda.local.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.lambda.local.Environments;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.local.LambdaProcessBuilder;
import dev.statelessmcp.lambda.local.ProbeHandler;
import dev.statelessmcp.lambda.local.TaskRoot;
import dev.statelessmcp.lambda.local.event.EventFormat;
import dev.statelessmcp.lambda.local.event.EventFormats;
import dev.statelessmcp.lambda.local.event.Gateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that go through a real function, and what can happen to them. */
@EnabledOnOs(OS.LINUX)
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT) // they wait for processes to start
class FrontTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir
  static Path taskRoot;

  @TempDir
  Path folder;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private Environments environments;
  private Front front;

  @BeforeAll
  static void deploy() throws IOException {
    TaskRoot.deploy(taskRoot, ProbeHandler.class);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable thing : open) {
      thing.close();
    }
  }

  private static LambdaProcessBuilder function() {
    return LambdaProcess.of(taskRoot, ProbeHandler.class.getName());
  }

  private void start(String event, LambdaProcessBuilder function, int most, int callsEach)
      throws IOException {
    environments = Environments.start(function, most, callsEach);
    front = Front.start(format(event), environments, 0, false, log::add);
    open.add(front);
    open.add(environments);
  }

  private static EventFormat format(String event) {
    return EventFormats.of(event, new Gateway(null, List.of(), List.of()));
  }

  private HttpRequest request(String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + "/dev/x?q=1"))
        .header("Content-Type", "text/plain")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> post(String body) throws Exception {
    return CLIENT.send(request(body), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> postLater(String body) {
    return CLIENT.sendAsync(request(body), BodyHandlers.ofString());
  }

  private String raw(String result) {
    byte[] bytes = result.replace('\'', '"').getBytes(UTF_8);
    return "<<raw " + Base64.getEncoder().encodeToString(bytes) + ">>";
  }

  @ParameterizedTest
  @CsvSource({
    "rest, /dev/x, 502, {\"message\": \"Internal server error\"}",
    "http, /dev/x, 500, {\"message\":\"Internal Server Error\"}",
    "http1, /dev/x, 500, {\"message\":\"Internal Server Error\"}",
    "url, /dev/x, 502, Internal Server Error",
    "alb, /dev/x, 502, 502 Bad Gateway",
    "alb-multi, /dev/x, 502, 502 Bad Gateway",
    "lattice, /dev/x, 500, Internal Server Error",
    "lattice1, /dev/x, 500, Internal Server Error"
  })
  void everyServiceAsksTheFunctionAndReadsItsResult(
      String event, String path, int errorStatus, String error) throws Exception {
    start(event, function(), 1, 1);
    HttpResponse<String> recorded = post("<<event>>");
    assertEquals(200, recorded.statusCode());
    String seen = new String(Base64.getDecoder().decode(recorded.body()), UTF_8);
    assertTrue(seen.contains("\"<<event>>\""), seen);
    assertTrue(seen.contains(path) || event.equals("rest"), seen);

    HttpResponse<String> good = post(raw("{'statusCode':201,'body':'hé'}"));
    assertEquals(201, good.statusCode());
    assertEquals("hé", good.body());
    HttpResponse<String> teapot = post(raw("{'statusCode':418}"));
    assertEquals(418, teapot.statusCode());
    assertEquals("", teapot.body());

    List<String> broken = List.of(
        raw("{'statusCode':200,'body':{}}"), raw(""), "<<fail on purpose>>", "<<repeat 6291557>>");
    for (String command : broken) {
      HttpResponse<String> answer = post(command);
      assertEquals(errorStatus, answer.statusCode(), command);
      assertTrue(answer.body().contains(error), answer::body);
      assertTrue(log.take().startsWith("POST /dev/x: " + errorStatus + ": "), "the log says why");
    }
    assertEquals(201, post(raw("{'statusCode':201}")).statusCode(), "still there");
  }

  @Test
  void directInvocationShowsTheFunctionsError() throws Exception {
    start("direct", function(), 1, 1);
    assertEquals("hello", post("{\"a\":\"<<say hello>>\"}").body());
    HttpResponse<String> error = post("{\"a\":\"<<fail on purpose>>\"}");
    assertEquals(502, error.statusCode());
    assertTrue(error.body().contains("\"errorMessage\":\"on purpose\""), error::body);
    assertEquals(400, post("no JSON").statusCode());
  }

  @Test
  void aCrashIsOneRequestsErrorAndTheNextHasANewProcess() throws Exception {
    start("rest", function().timeout(Duration.ofSeconds(2)), 1, 1);
    Path now = Files.createFile(folder.resolve("now"));
    Set<String> processes = new HashSet<>();
    for (String crash : List.of("<<exit 3>>", "<<sleep 60000>>", "<<overflow>>")) {
      assertTrue(processes.add(post("<<wait " + now + ">>").body()), "another process");
      assertEquals(502, post(crash).statusCode(), crash);
    }
    String last = post("<<wait " + now + ">>").body();
    CompletableFuture<HttpResponse<String>> killed = postLater("<<sleep 60000>>");
    assertTrue(processes.add(last));
    ProcessHandle.of(Long.parseLong(last)).orElseThrow().destroyForcibly();
    assertEquals(502, killed.get().statusCode());
    assertTrue(processes.add(post("<<wait " + now + ">>").body()));
    String said = String.join("\n", log);
    assertTrue(said.contains("Runtime.ExitError"), said);
    assertTrue(said.contains("exit status 3"), said);
    assertTrue(said.contains("Sandbox.Timedout"), said);
    assertTrue(said.contains("StackOverflowError"), said);
  }

  @Test
  void aNewEnvironmentIsStartedWhenAllAreBusyUpToTheLimit() throws Exception {
    start("http", function(), 2, 1);
    Path gate = folder.resolve("gate");
    String wait = "<<wait " + gate + ">>";
    CompletableFuture<HttpResponse<String>> first = postLater(wait);
    CompletableFuture<HttpResponse<String>> second = postLater(wait);
    CompletableFuture<HttpResponse<String>> third = postLater(wait);
    BlockingQueue<HttpResponse<String>> done = new LinkedBlockingQueue<>();
    List<CompletableFuture<HttpResponse<String>>> all = List.of(first, second, third);
    for (CompletableFuture<HttpResponse<String>> answer : all) {
      var unused = answer.thenAccept(done::add);
    }
    HttpResponse<String> refused = done.take();
    assertEquals(429, refused.statusCode());
    assertEquals("{\"message\":\"Rate Exceeded.\"}", refused.body());
    Files.createFile(gate);
    Set<String> processes = new HashSet<>();
    for (CompletableFuture<HttpResponse<String>> answer : all) {
      if (answer.get().statusCode() == 200) {
        processes.add(answer.get().body());
      }
    }
    assertEquals(2, processes.size());
    assertTrue(processes.contains(post(wait).body()), "they are used again");
  }

  @Test
  void oneProcessTakesSeveralCallsAtOnceOnManagedInstances() throws Exception {
    start("direct", function().environment("AWS_LAMBDA_MAX_CONCURRENCY", "4"), 1, 4);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(postLater("\"<<meet>>\""));
    }
    Set<String> ids = new HashSet<>();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertEquals(200, answer.get().statusCode());
      ids.add(answer.get().body());
    }
    assertEquals(4, ids.size());
  }

  @ParameterizedTest
  @CsvSource({
    "rest, 504, {\"message\": \"Endpoint request timed out\"}",
    "http, 503, {\"message\":\"Service Unavailable\"}"
  })
  void anApiDoesNotWaitForASlowFunction(String event, int status, String body) throws Exception {
    environments = Environments.start(function(), 2, 1);
    open.add(environments);
    front = Front.start(format(event), environments, Duration.ofMillis(300), log::add);
    open.add(0, front);
    Path gate = folder.resolve("gate");
    HttpResponse<String> late = post("<<wait " + gate + ">>");
    assertEquals(status, late.statusCode());
    assertEquals(body, late.body());
    Files.createFile(gate); // the function has not been stopped
  }

  @Test
  void limitsAreTheServices() throws Exception {
    start("url", function(), 1, 1);
    HttpResponse<String> large = post("x".repeat(6 * 1024 * 1024 + 1));
    assertEquals(413, large.statusCode());
    assertTrue(large.body().contains("6291456 bytes"), large::body);
    HttpResponse<String> event = post("\"".repeat(4 * 1024 * 1024)); // escaped in the event
    assertEquals(413, event.statusCode());
    assertNotEquals(0, log.size());
  }
}
