package dev.statelessmcp.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The requests that a server has sent to the client of one legacy connection, and that wait for
 * their answers. For transports that have such connections. Safe from any number of threads.
 */
final class ClientRequests {
  private final AtomicLong ids = new AtomicLong();
  private final Map<RequestId, CompletableFuture<JsonRpcMessage.Response>> waiting =
      new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** No requests yet. */
  ClientRequests() {}

  /**
   * Sends a request and waits for its answer.
   *
   * @param method what to ask for; not null
   * @param params the parameters; not null
   * @param cancellation of the call that asks; ends the wait; not null
   * @param out sends messages to the client; not null
   * @return the answer; a failure if the connection ends meanwhile
   * @throws InterruptedException if the call is cancelled; the client is told
   */
  JsonRpcMessage.Response send(
      String method, ObjectNode params, Cancellation cancellation, Consumer<JsonRpcMessage> out)
      throws InterruptedException {
    RequestId id = RequestId.of("server-" + ids.incrementAndGet());
    CompletableFuture<JsonRpcMessage.Response> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    try {
      if (closed) {
        return gone(id);
      }
      cancellation.throwIfCancelled();
      out.accept(new JsonRpcMessage.Request(id, method, params));
      return answer.get();
    } catch (InterruptedException e) {
      ObjectNode cancelled = Json.object();
      cancelled.set("requestId", id.toJson());
      out.accept(new JsonRpcMessage.Notification("notifications/cancelled", cancelled));
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes it with an exception", e);
    } finally {
      waiting.remove(id);
    }
  }

  /**
   * Takes an answer of the client. An answer without a waiting request is ignored.
   *
   * @param response the answer; not null
   */
  void answered(JsonRpcMessage.Response response) {
    CompletableFuture<JsonRpcMessage.Response> answer =
        response.id() == null ? null : waiting.get(response.id());
    if (answer != null) {
      answer.complete(response);
    }
  }

  /** Ends the waiting of everybody, since no answer will come any more. */
  void close() {
    closed = true;
    waiting.forEach((id, answer) -> answer.complete(gone(id)));
  }

  private static JsonRpcMessage.Failure gone(RequestId id) {
    return new JsonRpcMessage.Failure(
        id, new JsonRpcError(ErrorCode.INTERNAL_ERROR, "the connection has ended"));
  }
}
