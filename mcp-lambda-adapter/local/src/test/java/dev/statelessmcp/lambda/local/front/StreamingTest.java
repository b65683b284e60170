package dev.statelessmcp.lambda.local.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.lambda.local.Environments;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.local.TaskRoot;
import dev.statelessmcp.lambda.local.event.EventFormats;
import dev.statelessmcp.lambda.local.event.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that reach the client while a runtime makes them. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class StreamingTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir
  Path taskRoot;

  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private Environments environments;
  private Front front;

  @BeforeEach
  void deploy() throws IOException {
    TaskRoot.deploy(taskRoot, ScriptedRuntime.class);
    environments = Environments.start(
        LambdaProcess.of(taskRoot, "any.Handler").ownRuntime(ScriptedRuntime.class.getName()),
        1,
        1);
  }

  @AfterEach
  void stop() {
    front.close();
    environments.close();
  }

  private void start(String event) throws IOException {
    Gateway gateway = new Gateway(null, List.of(), List.of());
    front = Front.start(EventFormats.of(event, gateway), environments, 0, true, log::add);
  }

  private HttpResponse<InputStream> post(String command) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + front.port() + "/dev/mcp"))
        .header("Content-Type", "text/plain")
        .POST(BodyPublishers.ofString("<<" + command + ">>"))
        .build();
    return CLIENT.send(request, BodyHandlers.ofInputStream());
  }

  private static String rest(HttpResponse<InputStream> answer) throws IOException {
    return new String(answer.body().readAllBytes(), UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"rest, x-amzn-Remapped-WWW-Authenticate", "url, WWW-Authenticate"})
  void piecesArriveWhileTheFunctionStillRuns(String event, String challenge) throws Exception {
    start(event);
    Path gate = taskRoot.resolve("gate");
    HttpResponse<InputStream> answer = post("sse " + gate);
    assertEquals(201, answer.statusCode());
    assertEquals(
        "text/event-stream", answer.headers().firstValue("content-type").orElseThrow());
    assertEquals("a=1", answer.headers().firstValue("set-cookie").orElseThrow());
    assertEquals("Bearer", answer.headers().firstValue(challenge).orElseThrow());
    assertEquals("data: 1\n\n", new String(answer.body().readNBytes(9), UTF_8));
    Files.createFile(gate); // only now does the function go on
    assertEquals("data: 2\n\n", rest(answer));
    assertEquals("", rest(post("small")), "the JSON came byte by byte");
    assertEquals(List.of(), List.copyOf(log));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "url"})
  void anErrorInTheMiddleCutsTheConnection(String event) throws Exception {
    start(event);
    for (String command : List.of("break", "die")) {
      HttpResponse<InputStream> answer = post(command);
      assertEquals(201, answer.statusCode());
      assertEquals("data: 1\n\n", new String(answer.body().readNBytes(9), UTF_8));
      assertThrows(IOException.class, answer.body()::read, command);
      assertTrue(log.take().startsWith("POST /dev/mcp: cut in the middle of the stream: "));
    }
    assertEquals(201, post("small").statusCode(), "a new process");
  }

  @ParameterizedTest
  @CsvSource({"early", "bare", "wrong", "fail"})
  void anErrorBeforeTheFirstByteIsTheServices(String command) throws Exception {
    start("url");
    HttpResponse<InputStream> answer = post(command);
    assertEquals(502, answer.statusCode());
    assertEquals("Internal Server Error", rest(answer));
    assertTrue(log.take().startsWith("POST /dev/mcp: 502: "));
    assertEquals(201, post("small").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "url"})
  void anAnswerOfAnotherTypeIsTheBodyOfA200(String event) throws Exception {
    start(event);
    HttpResponse<InputStream> text = post("text");
    assertEquals(200, text.statusCode());
    assertEquals("plain text", rest(text));
    HttpResponse<InputStream> whole = post("whole");
    assertEquals(200, whole.statusCode());
    assertEquals("{\"statusCode\":201,\"body\":\"x\"}", rest(whole), "the handler did not stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"url"})
  void aClientThatGoesAwayDoesNotStopTheFunction(String event) throws Exception {
    start(event);
    Path gate = taskRoot.resolve("gate");
    post("sse " + gate).body().close();
    assertEquals(429, post("small").statusCode(), "still busy");
    Files.createFile(gate);
    while (post("small").statusCode() == 429) {
      Thread.onSpinWait();
    }
  }
}
