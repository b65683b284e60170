package dev.statelessmcp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container gives the response to another request once it has reported an error or the end. */
class RecycledResponseTest {
  private static final byte[] PIECE = {1};

  private final List<String> touches =
      new CopyOnWriteArrayList<>(); // after the response was recycled
  private volatile boolean recycled;
  private volatile Runnable duringWrite = () -> {};
  private final ServletReply reply = new ServletReply(
      new McpServlet(StreamableHttp.builder(TestTools.server(TestTools.echo())).build()),
      fake(AsyncContext.class),
      fake(HttpServletResponse.class));

  /** Notes each use after the response was recycled. */
  private <T> T fake(Class<T> type) {
    Object proxy = Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
          touch(method.getName());
          return switch (method.getName()) {
            case "getOutputStream" -> new Out();
            case "isCommitted" -> false;
            case "complete" -> requireCurrent();
            default -> null;
          };
        });
    return type.cast(proxy);
  }

  /** As Tomcat's context does, which no other request gets. */
  private @Nullable Object requireCurrent() {
    if (recycled) {
      throw new IllegalStateException("the request has ended");
    }
    return null;
  }

  private void touch(String what) {
    if (recycled) {
      touches.add(what);
    }
  }

  private final class Out extends ServletOutputStream {
    @Override
    public void write(int b) {
      touch("write");
      duringWrite.run();
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }

  private void recycle() {
    reply.lost();
    recycled = true;
  }

  @Test
  void nothingTouchesItAfterAnError() throws Exception {
    HttpReply.Stream stream = reply.stream(200, HttpHeaders.NONE);
    stream.write(PIECE);
    recycle();
    assertThrows(IOException.class, () -> stream.write(PIECE));
    assertThrows(IOException.class, stream::close);
    assertThrows(IOException.class, () -> reply.send(200, HttpHeaders.NONE, PIECE));
    assertThrows(IOException.class, () -> reply.stream(200, HttpHeaders.NONE));
    reply.fail();
    reply.complete();
    assertEquals(List.of(), touches);
  }

  @Test
  void nothingTouchesItAfterTheEnd() throws Exception {
    HttpReply.Stream stream = reply.stream(200, HttpHeaders.NONE);
    reply.complete();
    recycled = true;
    assertThrows(IOException.class, () -> stream.write(PIECE)); // such as a late sign of life
    reply.fail();
    reply.complete();
    assertEquals(List.of(), touches);
  }

  /** Tomcat may give the response away without a word when a write has failed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingTouchesItAfterAWriteThatFailed(boolean streams) throws Exception {
    duringWrite = () -> {
      recycled = true;
      throw new NullPointerException("socketWrapper");
    };
    HttpReply.Stream stream = streams ? reply.stream(200, HttpHeaders.NONE) : null;
    assertThrows(IOException.class, () -> {
      if (stream == null) {
        reply.send(200, HttpHeaders.NONE, PIECE);
      } else {
        stream.write(PIECE);
      }
    });
    assertThrows(IOException.class, () -> reply.stream(200, HttpHeaders.NONE));
    if (stream != null) {
      assertThrows(IOException.class, () -> stream.write(PIECE));
      assertThrows(IOException.class, stream::close);
    }
    reply.fail();
    reply.complete();
    assertEquals(List.of("complete"), touches); // of the context, which other containers need
  }

  /** The error is reported on another thread while a write is between two uses of the response. */
  @Test
  void errorWaitsForAWriteInProgress() throws Exception {
    HttpReply.Stream stream = reply.stream(200, HttpHeaders.NONE);
    Thread container = new Thread(this::recycle);
    duringWrite = () -> {
      container.start();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.SECONDS);
      while (container.isAlive()
          && container.getState() != Thread.State.WAITING
          && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    };
    stream.write(PIECE); // and flushes
    container.join(TimeUnit.SECONDS.toMillis(Waiting.SECONDS));
    assertEquals(true, recycled);
    assertEquals(List.of(), touches);
  }
}
