package dev.statelessmcp.lambda.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wire itself, by hand. */
@Timeout(30)
class HttpListenerTest {
  private HttpListener listener;

  @BeforeEach
  void start() throws IOException {
    listener = HttpListener.start("test", 0, HttpListenerTest::answer);
  }

  @AfterEach
  void stop() {
    listener.close();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    switch (exchange.target()) {
      case "/unread" -> exchange.send(413, List.of(), "no".getBytes(UTF_8));
      case "/empty" -> exchange.send(204, List.of(), new byte[0]);
      case "/silent" -> {}
      case "/cut" -> {
        exchange.stream(200, List.of()).write("half".getBytes(UTF_8));
        exchange.cut();
      }
      case "/stream" -> {
        try (OutputStream out = exchange.stream(200, List.of(new Header("X-A", "b\r\nX-C: d")))) {
          out.write("one".getBytes(UTF_8));
          out.write(new byte[0]);
          out.write("three".getBytes(UTF_8));
        }
      }
      default -> {
        String body = new String(exchange.body().readAllBytes(), UTF_8);
        String text = exchange.method() + " " + body + " " + exchange.headers()
            + exchange.trailers().stream().map(Header::value).toList();
        exchange.send(200, List.of(new Header("Content-Type", "text/plain")), text.getBytes(UTF_8));
      }
    }
  }

  /** Everything that comes back before the end of the connection. */
  private String talk(String... parts) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      for (String part : parts) {
        socket.getOutputStream().write(part.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
      }
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void keepsNamesOrderAndRepetitionOfHeaders() throws IOException {
    String answer = talk("GET / HTTP/1.1\r\nhOST: x\r\nB:  1 \r\nb: 2\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 200 \r\nContent-Type: text/plain\r\n"), answer);
    assertTrue(
        answer.contains(
            "[Header[name=hOST, value=x], Header[name=B, value=1], " + "Header[name=b, value=2]]"),
        answer);
  }

  @Test
  void readsChunksAndTrailers() throws IOException {
    String answer = talk(
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n",
        "A\r\n0123456789\r\n0\r\nError: e1\r\n\r\n");
    assertTrue(answer.contains("POST abc0123456789 "), answer);
    assertTrue(answer.endsWith("[e1]"), answer);
  }

  @Test
  void answersOneRequestAfterTheOther() throws IOException {
    String answer = talk(
        "POST /unread HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
        "GET /empty HTTP/1.1\r\n\r\nHEAD / HTTP/1.1\r\n\r\n");
    assertEquals(3, answer.split("HTTP/1.1 ", -1).length - 1, answer);
    assertTrue(answer.contains("HTTP/1.1 413 \r\nContent-Length: 2\r\n\r\nno"), answer);
    assertTrue(answer.contains("HTTP/1.1 204 \r\n\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), "no body for HEAD");
  }

  @Test
  void streamsInChunksAndKeepsLineEndsOutOfHeaders() throws IOException {
    String head = "HTTP/1.1 200 \r\nX-A: b  X-C: d\r\nTransfer-Encoding: chunked\r\n\r\n";
    String chunks = "3\r\none\r\n5\r\nthree\r\n0\r\n\r\n";
    assertEquals(head + chunks, talk("GET /stream HTTP/1.1\r\n\r\n"));
    assertEquals(
        "HTTP/1.1 200 \r\nX-A: b  X-C: d\r\nConnection: close\r\n\r\nonethree",
        talk("GET /stream HTTP/1.0\r\n\r\n"));
  }

  @Test
  void aCutAnswerHasNoLastChunk() throws IOException {
    String answer = talk("GET /cut HTTP/1.1\r\n\r\n");
    assertTrue(answer.endsWith("4\r\nhalf\r\n"), answer);
    assertEquals("", talk("GET /silent HTTP/1.1\r\n\r\n"));
  }

  @Test
  void asksForABodyOnlyWhenItIsWanted() throws IOException {
    String head = " HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    assertTrue(talk("POST /" + head, "ok").startsWith("HTTP/1.1 100 OK\r\n\r\nHTTP/1.1 200 "));
    String unread = talk("POST /unread" + head);
    assertTrue(unread.startsWith("HTTP/1.1 413 "), unread);
    assertFalse(unread.contains("100"), unread);
  }

  @Test
  void refusesInvalidHttp() throws IOException {
    for (String request : List.of(
        "hello\r\n\r\n",
        "GET / HTTP/2\r\n\r\n",
        "GET / HTTP/1.1\r\n folded: x\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n")) {
      assertTrue(talk(request).startsWith("HTTP/1.1 400 \r\n"), request);
    }
    String large = "GET / HTTP/1.1\r\nX: " + "x".repeat(HeadReader.MAX_BYTES) + "\r\n\r\n";
    assertTrue(talk(large).startsWith("HTTP/1.1 431 "));
  }
}
