package dev.statelessmcp.lambda.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection between the runtime and the service, and its failures. */
@Timeout(120)
class ConnectionTest {
  private static final StreamHandler ECHO = (event, response, context) -> response.send(event);

  private static String lines(String... lines) {
    return String.join("\r\n", lines);
  }

  @Test
  void chunkedAnswersAndHeaderNamesInAnyCaseAreRead() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start(ECHO)) {
      runtime.api.next(lines(
          "HTTP/1.1 100 Continue",
          "",
          "HTTP/1.1 200 OK",
          "lambda-RUNTIME-aws-request-ID:  1 ",
          "transfer-encoding: Chunked",
          "",
          "3;x=y",
          "abc",
          "A",
          "0123456789",
          "0",
          "X-Trailer: x",
          "",
          ""));
      Posted posted = runtime.api.posted();
      assertEquals("invocation/1/response", posted.path);
      assertEquals("abc0123456789", posted.chunkText());
    }
  }

  @Test
  void aConnectionThatTheServiceClosesIsOpenedAgain() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start(ECHO)) {
      // Announced with an event; then without a word, before an event and instead of a receipt
      runtime.api.next(lines(
          "HTTP/1.1 200 OK",
          "Lambda-Runtime-Aws-Request-Id: 1",
          "Connection: close",
          "Content-Length: 1",
          "",
          "a"));
      assertEquals("a", runtime.api.posted().chunkText());
      runtime.api.next(FakeRuntimeApi.HANG_UP).event("2", "b");
      runtime.api.answer("invocation/2/response", FakeRuntimeApi.HANG_UP);
      assertEquals("b", runtime.api.posted().chunkText());
      Posted repeated = runtime.api.posted();
      assertEquals("invocation/2/response", repeated.path);
      assertEquals("b", repeated.chunkText());
      runtime.api.event("3", "c");
      assertEquals("c", runtime.api.posted().chunkText());
      assertEquals(4, runtime.api.connections.get());
    }
  }

  @Test
  void aServiceThatIsGoneEndsTheRuntime() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()
        .with("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + port)
        .start(ECHO)) {
      assertEquals(1, runtime.status());
      assertTrue(
          runtime.log().contains("GET /runtime/invocation/next failed 5 times"), runtime.log());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"403 Forbidden", "410 Gone", "500 Fault", "204 Nothing"})
  void anEventThatIsRefusedEndsTheRuntime(String status) throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start(ECHO)) {
      runtime.api.next("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
      assertEquals(1, runtime.status());
      String code = status.substring(0, 3);
      assertTrue(
          runtime
              .log()
              .contains("The runtime ends: GET /runtime/invocation/next was answered " + code),
          runtime.log());
    }
  }

  @Execution(ExecutionMode.CONCURRENT) // it waits
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nContent-Length: 999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nno name\r\n\r\n",
        "SSH-2.0-x\r\n"
      })
  void invalidAnswerEndsTheRuntime(String raw) throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest().start(ECHO)) {
      for (int i = 0; i < 5; i++) {
        runtime.api.next(raw);
      }
      assertEquals(1, runtime.status());
      assertTrue(runtime.log().startsWith("The runtime ends: "), runtime.log());
      assertTrue(runtime.log().contains("invocation/next"), runtime.log());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host:", "host:0", "host:x", ":9001", "host:70000"})
  void invalidAddressIsNamed(String address) throws Exception {
    try (RuntimeUnderTest runtime =
        new RuntimeUnderTest().with("AWS_LAMBDA_RUNTIME_API", address).start(ECHO)) {
      assertEquals(1, runtime.status());
      assertEquals(
          "AWS_LAMBDA_RUNTIME_API must be host:port, was '" + address + "'\n", runtime.log());
    }
  }
}
