package dev.statelessmcp.lambda.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.statelessmcp.testing.SpeechlessException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BufferedResponseTest {

  /** A handler as the managed runtime takes it. */
  public static final class Upper implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      output.write(
          new String(input.readAllBytes(), UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8));
    }
  }

  private static final StreamHandler ECHO = (event, response, context) -> response.send(event);

  @Test
  void answersAreSentOnTheConnectionThatEventsComeFrom() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start(ECHO)) {
      runtime.api.event("1", "{\"text\":\"héllo € 😀\"}").event("2", "2");
      Posted first = runtime.api.posted();
      assertEquals("invocation/1/response", first.path);
      assertEquals("application/json", first.headers.get("content-type"));
      assertNull(first.headers.get("lambda-runtime-function-response-mode"));
      assertEquals("{\"text\":\"héllo € 😀\"}", first.chunkText());
      assertEquals("invocation/2/response", runtime.api.posted().path);
      assertEquals(1, runtime.api.connections.get());
    }
  }

  @Test
  void anExceptionWhoseMessageFailsDoesNotEndTheRuntime() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      if (event.length == 1) {
        throw new SpeechlessException();
      }
      response.send(event);
    })) {
      runtime.api.event("1", "1").event("2", "22");
      Posted report = runtime.api.posted();
      assertEquals("invocation/1/error", report.path);
      assertTrue(report.chunkText().contains(SpeechlessException.class.getName()));
      assertEquals("invocation/2/response", runtime.api.posted().path);
    }
  }

  @Test
  void anEmptyAnswerIsAnAnswer() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      response.send(new byte[0]);
    })) {
      Posted posted = runtime.api.event("1", "").posted();
      assertEquals("invocation/1/response", posted.path);
      assertEquals("0", posted.headers.get("content-length"));
    }
  }

  @Test
  void aHandlerForTheManagedRuntimeIsServedBuffered() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()
        .with("_HANDLER", Upper.class.getName() + "::handleRequest")
        .start(ECHO)) {
      assertEquals("ABC", runtime.api.event("1", "abc").posted().chunkText());
    }
  }

  @Test
  void exceptionOfAHandlerIsReportedAndTheNextEventServed() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      if (new String(event, UTF_8).equals("bad")) {
        throw new IOException("no disk, schade für ü");
      }
      response.send(event);
    })) {
      Posted error = runtime.api.event("1", "bad").event("2", "good").posted();
      assertEquals("invocation/1/error", error.path);
      assertEquals("Runtime.UserException", error.errorType());
      assertEquals(
          "{\"errorMessage\":\"no disk, schade für ü\",\"errorType\":\"java.io.IOException\"}",
          error.chunkText());
      assertEquals("good", runtime.api.posted().chunkText());
      assertTrue(runtime.log().contains("java.io.IOException: no disk"), runtime.log());
      assertTrue(runtime.log().contains("BufferedResponseTest"), runtime.log());
    }
  }

  @Test
  void errorsOfTheJvmEndTheRuntimeExceptForDeepRecursion() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      throw new String(event, UTF_8).equals("memory")
          ? new OutOfMemoryError("Java heap space")
          : new StackOverflowError();
    })) {
      runtime.api.event("1", "stack").event("2", "memory").event("3", "never");
      assertEquals(
          "java.lang.StackOverflowError",
          runtime.api.posted().json().get("errorType").textValue());
      Posted second = runtime.api.posted();
      assertEquals("invocation/2/error", second.path);
      assertEquals("Java heap space", second.json().get("errorMessage").textValue());
      assertEquals(1, runtime.status());
      assertFalse(runtime.api.hasPosted());
    }
  }

  @Test
  void aHandlerThatDoesNotAnswerIsAnError() throws Exception {
    CompletableFuture<RuntimeResponse> kept = new CompletableFuture<>();
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      kept.complete(response);
    })) {
      Posted error = runtime.api.event("1", "").event("2", "").posted();
      assertEquals("invocation/1/error", error.path);
      assertEquals("Function.NoResponse", error.errorType());
      assertEquals("invocation/2/error", runtime.api.posted().path);
      IllegalStateException late =
          assertThrows(IllegalStateException.class, () -> kept.get().send(new byte[1]));
      assertEquals("the invocation has ended", late.getMessage());
    }
  }

  @Test
  void anAnswerIsGivenOnce() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      response.send(event);
      assertThrows(IllegalStateException.class, () -> response.stream(200, Map.of()));
      response.send(event);
    })) {
      runtime.api.event("1", "a").event("2", "b");
      assertEquals("invocation/1/response", runtime.api.posted().path);
      assertEquals("invocation/2/response", runtime.api.posted().path);
      assertTrue(runtime.log().contains("the invocation has been answered"), runtime.log());
    }
  }

  @Test
  void aTooLargeAnswerBecomesAnErrorEvenIfTheHandlerHidesIt() throws Exception {
    byte[] large = new byte[(6 << 20) + 101];
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      try {
        response.send(large);
      } catch (IOException e) {
        if (new String(event, UTF_8).equals("throw")) {
          throw e;
        }
      }
    })) {
      for (String id : List.of("throw", "hide")) {
        runtime.api.answer(
            "invocation/" + id + "/response",
            "HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 0\r\n\r\n");
        // Like the service when it has answered with an error itself
        runtime.api.answer(
            "invocation/" + id + "/error", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        runtime.api.event(id, id);
        assertEquals(large.length, runtime.api.posted().chunk().length);
        Posted error = runtime.api.posted();
        assertEquals("invocation/" + id + "/error", error.path);
        assertEquals("Function.ResponseSizeTooLarge", error.errorType());
        assertTrue(
            error.json().get("errorMessage").textValue().contains("6291557 bytes"), error.path);
      }
    }
  }

  @Test
  void aTooLargeAnswerMayBeRefusedBeforeItsEnd() throws Exception {
    byte[] large = new byte[20 << 20];
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start((event, response, context) -> {
      response.send(event.length == 0 ? large : event);
    })) {
      runtime.api.refuse(
          "invocation/1/response", "HTTP/1.1 413 Large\r\nContent-Length: 0\r\n\r\n");
      runtime.api.event("1", "").event("2", "x");
      assertEquals("invocation/1/response", runtime.api.posted().path);
      Posted error = runtime.api.posted();
      assertEquals("invocation/1/error", error.path);
      assertEquals("Function.ResponseSizeTooLarge", error.errorType());
      assertEquals("x", runtime.api.posted().chunkText());
    }
  }

  @Test
  void refusedAnswerDoesNotEndTheRuntimeButAServiceFaultDoes() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start(ECHO)) {
      runtime.api.answer(
          "invocation/1/response", "HTTP/1.1 400 Bad\r\nContent-Length: 5\r\n\r\nno id");
      runtime.api.answer(
          "invocation/2/response", "HTTP/1.1 500 Fault\r\nContent-Length: 0\r\n\r\n");
      runtime.api.event("1", "a").event("2", "b").event("3", "never");
      assertEquals("invocation/1/response", runtime.api.posted().path);
      assertEquals("invocation/2/response", runtime.api.posted().path);
      assertEquals(1, runtime.status());
      assertTrue(runtime.log().contains("The response was answered 400 no id"), runtime.log());
      assertTrue(
          runtime.log().contains("The runtime ends: The response was answered 500"), runtime.log());
    }
  }
}
