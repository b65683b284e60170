package dev.statelessmcp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end of a connection if code of the server's author fails. */
@ExtendWith(SilentLog.class)
class LegacyConnectionTest {
  private final List<JsonRpcMessage> sent = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final AtomicInteger listeners = new AtomicInteger();
  private final Connection connection = new Connection();

  private final class Connection extends LegacyConnection {
    @Override
    public void push(JsonRpcMessage.Notification notification) {
      sent.add(notification);
    }

    JsonRpcMessage.Response ask() throws InterruptedException {
      return request("roots/list", Json.object(), new CancellationSource(), message -> {
        sent.add(message);
        asked.complete(null);
      });
    }
  }

  /** A server whose feed does what is wanted when it is unsubscribed from. */
  private ServerPort server(Runnable atTheEnd) {
    ChangeFeed feed = new ChangeFeed() {
      @Override
      public void publish(ChangeEvent event) {}

      @Override
      public Registration subscribe(Consumer<ChangeEvent> listener) {
        listeners.incrementAndGet();
        return () -> {
          listeners.decrementAndGet();
          atTheEnd.run();
        };
      }
    };
    return McpServer.named("n", "1")
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.text("x")))
        .changes(feed)
        .build()
        .port();
  }

  /** Otherwise the question would wait for half an hour, and the rest of the end be left out. */
  @Test
  void feedThatCannotBeUnsubscribedFromDoesNotKeepAQuestionWaiting() throws Exception {
    connection.startChanges(server(() -> {
      throw new NoClassDefFoundError("the feed cannot be closed");
    }));
    CompletableFuture<JsonRpcMessage.Response> answer = new CompletableFuture<>();
    Thread handler = new Thread(() -> {
      try {
        answer.complete(connection.ask());
      } catch (InterruptedException | RuntimeException e) {
        answer.completeExceptionally(e);
      }
    });
    handler.start();
    asked.get(Waiting.SECONDS, TimeUnit.SECONDS);
    connection.close();
    assertInstanceOf(JsonRpcMessage.Failure.class, answer.get(Waiting.SECONDS, TimeUnit.SECONDS));
    Waiting.join(handler);
    connection.stopChanges();
    assertEquals(0, listeners.get());
  }

  /** An {@code initialize} may still be served while the connection ends. */
  @Test
  void nothingIsSubscribedToWhenTheInputHasEnded() {
    connection.endInput();
    connection.startChanges(server(() -> {}));
    assertEquals(0, listeners.get());
  }

  /** Neither the question nor its cancellation: the client never heard of it. */
  @Test
  void handlerThatWasInterruptedAsksNothing() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, connection::ask);
    assertEquals(List.of(), sent);
    assertFalse(Thread.interrupted());
  }
}
