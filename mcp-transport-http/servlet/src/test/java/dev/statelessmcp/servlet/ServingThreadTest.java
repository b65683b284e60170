package dev.statelessmcp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.testing.TestTools;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The thread that the container calls with the end of the content serves the request. Tomcat gives
 * a response away when that thread returns after a write of another one has failed.
 */
class ServingThreadTest {
  private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
      + "\"params\":{\"name\":\"thread\",\"arguments\":{}}}";

  private static final Map<String, String> HEADERS = Map.of(
      "Host", "localhost",
      "Content-Type", "application/json",
      "Accept", "application/json, text/event-stream");

  private final List<String> events = new ArrayList<>(); // what the container is asked for
  private final List<Thread> served = new ArrayList<>();
  private final Content content = new Content();
  private final McpServlet servlet = new McpServlet(StreamableHttp.builder(
          TestTools.server(TestTools.tool("thread", (in, call) -> {
            served.add(Thread.currentThread());
            return null;
          })))
      .build());

  /** An object whose methods give the values of their names, and null for others. */
  private <T> T fake(Class<T> type, Map<String, Object> values) {
    Object proxy = Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
          String name = method.getName();
          if (type == AsyncContext.class || name.equals("setStatus")) {
            events.add(name + (name.equals("setStatus") ? " " + arguments[0] : ""));
          }
          return name.equals("getHeaders")
              ? Collections.enumeration(List.of(HEADERS.get(arguments[0])))
              : values.get(name);
        });
    return type.cast(proxy);
  }

  private void serve(String method) throws IOException {
    AsyncContext async = fake(AsyncContext.class, Map.of());
    HttpServletRequest request = fake(
        HttpServletRequest.class,
        Map.of(
            "isAsyncSupported",
            true,
            "startAsync",
            async,
            "getMethod",
            method,
            "getContentLengthLong",
            (long) CALL.length(),
            "getHeaderNames",
            Collections.enumeration(HEADERS.keySet()),
            "getHeader",
            "localhost",
            "getInputStream",
            content,
            "getServletPath",
            "/mcp",
            "getRemotePort",
            1));
    HttpServletResponse response =
        fake(HttpServletResponse.class, Map.of("getOutputStream", new Answer()));
    servlet.service(request, response);
  }

  @Test
  void callIsServedBeforeTheListenerReturns() throws Exception {
    serve("POST");
    assertEquals(List.of("setTimeout", "addListener"), events);
    content.arrives();
    assertSame(Thread.currentThread(), served.get(0));
    assertEquals(List.of("setTimeout", "addListener", "setStatus 200", "complete"), events);
  }

  @Test
  void requestWithoutContentIsServedBeforeTheServletReturns() throws Exception {
    serve("GET");
    assertEquals(List.of("setTimeout", "addListener", "setStatus 405", "complete"), events);
  }

  /** The content, which arrives in one piece. */
  private static final class Content extends ServletInputStream {
    private final byte[] call = CALL.getBytes(StandardCharsets.UTF_8);
    private ReadListener listener;
    private int read;

    void arrives() throws IOException {
      listener.onDataAvailable();
      listener.onAllDataRead();
    }

    @Override
    public void setReadListener(ReadListener newListener) {
      listener = newListener;
    }

    @Override
    public int read() {
      return isFinished() ? -1 : call[read++];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = Math.min(length, call.length - read);
      System.arraycopy(call, read, into, offset, count);
      read += count;
      return count == 0 ? -1 : count;
    }

    @Override
    public boolean isFinished() {
      return read == call.length;
    }

    @Override
    public boolean isReady() {
      return !isFinished();
    }
  }

  private static final class Answer extends ServletOutputStream {
    @Override
    public void write(int b) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }
}
