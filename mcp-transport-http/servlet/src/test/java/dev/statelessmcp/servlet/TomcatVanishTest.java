package dev.statelessmcp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.fixtures.ServerSentEvents;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.jetty.HttpAnswer;
import dev.statelessmcp.jetty.HttpText;
import dev.statelessmcp.jetty.RawClient;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients close their sockets in the middle of streams while Tomcat serves others, and gives them
 * the responses of those that went. Nothing of one request may reach another.
 */
@Timeout(120)
@ExtendWith(SilentLog.class)
class TomcatVanishTest {
  private static final int VANISHING = 3;
  private static final int STAYING = 3;
  private static final int ROUNDS = 80;
  private static final int STEPS = 400;

  private final McpServer server = McpServer.named("test", "1")
      .tool(TestTools.echo())
      .tool(TestTools.tool("stream", (none, call) -> {
        for (int i = 1; i <= STEPS; i++) {
          call.progress(i, STEPS, "x".repeat(i));
        }
        return ToolResult.text("done");
      }))
      .build();

  /** Reads some events, and leaves; every second time as a process does that is killed. */
  private static int vanish(int port) throws IOException {
    int gone = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (RawClient client = new RawClient(port)) {
        client.send(HttpText.modernCallWithProgress(round, "stream"));
        BufferedReader events = client.lines(client.receiveHead());
        for (int line = 0; line < round % 7; line++) {
          events.readLine();
        }
        if (round % 2 == 0) {
          client.reset();
        } else {
          client.leave();
        }
        gone++;
      }
    }
    return gone;
  }

  /** Calls on connections that stay open, as clients have them. */
  private static int stay(int port, int number) throws IOException {
    int answered = 0;
    while (answered < 4 * ROUNDS) {
      try (RawClient client = new RawClient(port)) {
        for (int i = 0; i < 50 && answered < 4 * ROUNDS; i++) { // Tomcat allows 100
          String text = number + ":" + answered + ":" + "y".repeat(answered);
          HttpAnswer answer =
              client.exchange(HttpText.modernCall(answered, "echo", "{\"text\":\"" + text + "\"}"));
          assertEquals(200, answer.status());
          List<JsonNode> messages = messages(answer);
          assertEquals(1, messages.size(), answer::body);
          assertEquals(answered, messages.get(0).get("id").intValue());
          assertEquals(text, HttpAnswer.text(messages.get(0)));
          answered++;
        }
      }
    }
    return answered;
  }

  /** The answer is a stream if it took longer than a moment. */
  private static List<JsonNode> messages(HttpAnswer answer) {
    return answer.header("content-type").equals("application/json")
        ? List.of(answer.json())
        : ServerSentEvents.messages(answer.body());
  }

  /** Streams that are read to their end: each has its events in order, and those alone. */
  private static int listen(int port) throws IOException {
    int read = 0;
    for (int round = 0; round < ROUNDS / 4; round++) {
      HttpAnswer stream =
          RawClient.exchange(port, HttpText.modernCallWithProgress(10_000 + round, "stream"));
      List<JsonNode> messages = ServerSentEvents.messages(stream.body());
      assertEquals(STEPS + 1, messages.size());
      for (int step = 1; step <= STEPS; step++) {
        assertEquals(step, messages.get(step - 1).at("/params/progress").intValue());
      }
      assertEquals(10_000 + round, messages.get(STEPS).get("id").intValue());
      read++;
    }
    return read;
  }

  @Test
  void answerForADisconnectedClientReachesNoOtherClient() throws Exception {
    McpServlet servlet =
        new McpServlet(StreamableHttp.builder(server).path("/mcp").build());
    servlet.setSilence(Duration.ofMillis(1)); // so that signs of life meet the end of a stream
    TomcatContainer container = new TomcatContainer(servlet, false);
    ExecutorService clients = Executors.newFixedThreadPool(VANISHING + STAYING + 1);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < VANISHING; i++) {
        all.add(clients.submit(() -> vanish(container.port())));
      }
      for (int i = 0; i < STAYING; i++) {
        int number = i;
        all.add(clients.submit(() -> stay(container.port(), number)));
      }
      all.add(clients.submit(() -> listen(container.port())));
      int sum = 0;
      for (Future<Integer> one : all) {
        sum += one.get(Waiting.SECONDS * 5, TimeUnit.SECONDS);
      }
      assertEquals(VANISHING * ROUNDS + STAYING * 4 * ROUNDS + ROUNDS / 4, sum);
    } finally {
      clients.shutdownNow();
      container.stop();
    }
  }
}
