package dev.statelessmcp.lambda.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StreamedResponseTest {
  private static final Map<String, List<String>> SSE =
      Map.of("content-type", List.of("text/event-stream"));

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(FakeRuntimeApi.PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void eachPieceArrivesBeforeTheNextOneIsWritten() throws Exception {
    CountDownLatch sawPrelude = new CountDownLatch(1);
    CountDownLatch sawFirst = new CountDownLatch(1);
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      ResponseStream stream = response.stream(201, SSE);
      await(sawPrelude);
      stream.write(bytes("data: é\n\n"));
      await(sawFirst);
      stream.write(new byte[0]);
      stream.write(bytes("data: 2\n\n"));
      stream.close();
      stream.close();
      assertThrows(IOException.class, () -> stream.write(bytes("late")));
    })) {
      Posted posted = runtime.api.event("1", "{}").posted();
      assertEquals("invocation/1/response", posted.path);
      assertEquals("streaming", posted.headers.get("lambda-runtime-function-response-mode"));
      assertEquals(
          "application/vnd.awslambda.http-integration-response",
          posted.headers.get("content-type"));
      assertEquals("chunked", posted.headers.get("transfer-encoding"));
      assertNull(posted.headers.get("content-length"));
      assertEquals(
          "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body",
          posted.headers.get("trailer"));
      assertEquals(
          Json.parse("{\"statusCode\":201,\"headers\":{\"content-type\":\"text/event-stream\"}}"),
          posted.prelude());
      sawPrelude.countDown();
      assertEquals("data: é\n\n", posted.chunkText());
      sawFirst.countDown();
      assertEquals("data: 2\n\n", posted.chunkText());
      assertNull(posted.chunk());
      assertEquals(Map.of(), posted.trailers);
    }
  }

  @Test
  void severalValuesAreJoinedAndCookiesAreNot() throws Exception {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Vary", List.of("Origin", "Accept"));
    headers.put("Set-Cookie", List.of("a=1; Path=/", "b=2"));
    headers.put("X-None", List.of());
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      response.stream(200, headers).close();
    })) {
      assertEquals(
          Json.parse("{\"statusCode\":200,\"headers\":{\"Vary\":\"Origin, Accept\"},"
              + "\"cookies\":[\"a=1; Path=/\",\"b=2\"]}"),
          runtime.api.event("1", "").posted().prelude());
    }
  }

  @Test
  void anErrorInTheMiddleFollowsTheBodyAndTheNextEventHasANewConnection() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      if (new String(event, UTF_8).equals("good")) {
        response.send(event);
        return;
      }
      response.stream(200, SSE).write(bytes("half"));
      throw new IllegalStateException("böse");
    })) {
      Posted posted = runtime.api.event("1", "bad").event("2", "good").posted();
      posted.prelude();
      assertEquals("half", posted.chunkText());
      assertNull(posted.chunk());
      assertEquals(
          "Runtime.UserException", posted.trailers.get("lambda-runtime-function-error-type"));
      assertEquals(
          Json.parse(
              "{\"errorMessage\":\"böse\",\"errorType\":\"java.lang.IllegalStateException\"}"),
          posted.trailerError());
      Posted next = runtime.api.posted();
      assertEquals("good", next.chunkText());
      assertNotEquals(posted.connection, next.connection);
    }
  }

  @Test
  void anErrorBeforeTheStreamIsAnOrdinaryOne() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      response.stream(99, SSE);
    })) {
      Posted error = runtime.api.event("1", "").event("2", "").posted();
      assertEquals("invocation/1/error", error.path);
      assertTrue(error.json().get("errorMessage").textValue().contains("99"));
      assertEquals("invocation/2/error", runtime.api.posted().path);
    }
  }

  @Test
  void aStreamThatIsLeftOpenIsClosed() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      response.stream(200, SSE).write(bytes("x"));
    })) {
      Posted posted = runtime.api.event("1", "").event("2", "").posted();
      posted.prelude();
      assertEquals("x", posted.chunkText());
      assertNull(posted.chunk());
      assertEquals(Map.of(), posted.trailers);
      assertEquals("invocation/2/response", runtime.api.posted().path);
    }
  }

  @Test
  void anErrorAfterTheEndIsOnlyLogged() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      response.stream(200, SSE).close();
      throw new IllegalStateException("too late");
    })) {
      Posted posted = runtime.api.event("1", "").event("2", "").posted();
      posted.prelude();
      assertNull(posted.chunk());
      assertEquals(Map.of(), posted.trailers);
      assertEquals("invocation/2/response", runtime.api.posted().path);
      assertTrue(runtime.log().contains("too late"), runtime.log());
    }
  }

  @Test
  void largePiecesStayWhole() throws Exception {
    byte[] large = new byte[9 << 20];
    new Random(1).nextBytes(large);
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      ResponseStream stream = response.stream(200, SSE);
      stream.write(large);
      stream.write(bytes("end"));
      stream.close();
    })) {
      Posted posted = runtime.api.event("1", "").posted();
      posted.prelude();
      assertArrayEquals(large, posted.chunk());
      assertEquals("end", posted.chunkText());
    }
  }

  @Test
  void piecesOfSeveralThreadsStayWhole() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      ResponseStream stream = response.stream(200, SSE);
      Thread[] writers = new Thread[4];
      for (int i = 0; i < writers.length; i++) {
        byte[] piece = bytes(Integer.toString(i).repeat(1000));
        writers[i] = new Thread(() -> {
          try {
            for (int n = 0; n < 50; n++) {
              stream.write(piece);
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
        writers[i].start();
      }
      for (Thread writer : writers) {
        writer.join();
      }
    })) {
      Posted posted = runtime.api.event("1", "").posted();
      posted.prelude();
      for (int n = 0; n < 200; n++) {
        String piece = posted.chunkText();
        assertEquals(piece.substring(0, 1).repeat(1000), piece);
      }
      assertNull(posted.chunk());
    }
  }

  @Test
  void lostConnectionDoesNotEndTheRuntime() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      if (event.length > 0) {
        response.send(event);
        return;
      }
      ResponseStream stream = response.stream(200, SSE);
      byte[] piece = new byte[1 << 20];
      // More than the buffers of a connection hold
      for (int i = 0; i < 100; i++) {
        stream.write(piece);
      }
    })) {
      runtime.api.refuse("invocation/1/response", FakeRuntimeApi.HANG_UP);
      runtime.api.event("1", "").event("2", "x");
      assertEquals("invocation/1/response", runtime.api.posted().path);
      assertEquals("x", runtime.api.posted().chunkText());
      assertTrue(runtime.log().contains("The end of the stream could not be sent"), runtime.log());
    }
  }

  @Test
  void aRefusedStreamIsTheHandlersToKnowAndNoReasonToEnd() throws Exception {
    CompletableFuture<String> refusal = new CompletableFuture<>();
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      ResponseStream stream = response.stream(200, SSE);
      try {
        stream.close();
      } catch (IOException e) {
        refusal.complete(e.getMessage());
      }
    })) {
      runtime.api.answer(
          "invocation/1/response", "HTTP/1.1 413 Large\r\nContent-Length: 5\r\n\r\nlarge");
      runtime.api.event("1", "").event("2", "");
      assertTrue(runtime.api.posted().complete.get());
      assertEquals("invocation/2/response", runtime.api.posted().path);
      assertEquals("The streamed response was answered 413 large", refusal.getNow(null));
      assertEquals("", runtime.log());
    }
  }
}
