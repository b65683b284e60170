package dev.statelessmcp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.testing.TestTools;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A container that has no thread for a request whose content is there. */
@ExtendWith(SilentLog.class)
class FullPoolTest {
  private static final int MOST = 64 << 10;

  private final McpServlet servlet =
      new McpServlet(StreamableHttp.builder(TestTools.server(TestTools.echo()))
          .limits(JsonLimits.DEFAULT.withMaxBytes(MOST))
          .build());
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final List<Integer> statuses = new ArrayList<>();
  private int completed;

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private final HttpServletRequest request =
      fake(HttpServletRequest.class, (self, method, arguments) -> switch (method.getName()) {
        case "getMethod" -> "POST";
        case "getContentLengthLong" -> 40_000L;
        case "getHeaderNames" -> Collections.emptyEnumeration();
        case "getServerName" -> "localhost";
        case "getServerPort" -> 80;
        case "getInputStream" -> new In();
        default -> null;
      });

  private final HttpServletResponse response =
      fake(HttpServletResponse.class, (self, method, arguments) -> switch (method.getName()) {
        case "setStatus" -> statuses.add((Integer) arguments[0]);
        case "getOutputStream" -> new Out();
        case "isCommitted" -> false;
        default -> null;
      });

  private final AsyncContext async =
      fake(AsyncContext.class, (self, method, arguments) -> switch (method.getName()) {
        case "start" -> throw new RejectedExecutionException("the pool is full");
        case "complete" -> {
          completed++;
          yield null;
        }
        default -> null;
      });

  private static final class In extends ServletInputStream {
    private int left = 40_000;

    @Override
    public int read() {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = Math.min(left, length);
      left -= count;
      return count == 0 ? -1 : count;
    }

    @Override
    public boolean isFinished() {
      return left == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {}
  }

  private final class Out extends ServletOutputStream {
    @Override
    public void write(int b) {
      written.write(b);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }

  private ServletCall receive() throws Exception {
    servlet.setMaxBytesInFlight(MOST);
    ServletCall call = new ServletCall(servlet, async, request, response);
    call.receive();
    call.onDataAvailable();
    return call;
  }

  private void assertAnsweredAndReleased() {
    assertEquals(List.of(500), statuses);
    String answer = written.toString(StandardCharsets.UTF_8);
    assertTrue(answer.contains("-32603"), answer);
    assertEquals(1, completed);
    assertTrue(servlet.inFlight().receive(MOST, MOST), "the content counts as in flight");
  }

  @Test
  void requestIsAnsweredOnTheThreadThatHasReceivedIt() throws Exception {
    receive().onAllDataRead();
    assertAnsweredAndReleased();
  }

  @Test
  void requestThatTakesTooLongIsAnsweredByTheTimer() throws Exception {
    servlet.setReceiveTimeout(Duration.ofNanos(1));
    receive();
    servlet.sweep().run();
    assertAnsweredAndReleased();
    servlet.sweep().run();
    assertEquals(1, completed);
  }

  @Test
  void requestWithoutContentIsAnsweredToo() throws Exception {
    HttpServletRequest get =
        fake(HttpServletRequest.class, (self, method, arguments) -> switch (method.getName()) {
          case "getMethod" -> "GET";
          case "getContentLengthLong" -> -1L;
          case "getHeaderNames" -> Collections.emptyEnumeration();
          case "getServerPort" -> 80;
          default -> null;
        });
    new ServletCall(servlet, async, get, response).receive();
    servlet.setMaxBytesInFlight(MOST);
    assertAnsweredAndReleased();
  }
}
