package dev.statelessmcp.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.input.UnansweredException;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a server has sent to the client of a legacy connection and that have not been
 * answered. Thread-safe.
 */
final class ClientRequests {
  private final AtomicLong ids = new AtomicLong();
  private final Map<RequestId, CompletableFuture<JsonRpcMessage.Response>> waiting =
      new ConcurrentHashMap<>();
  private final long timeoutNanos;
  private final String late;
  private volatile boolean closed;

  /**
   * Creates an empty set of requests.
   *
   * @param timeout how long to wait for an answer
   * @param setting the setting that changes the timeout; null if there is none
   */
  ClientRequests(Duration timeout, @Nullable String setting) {
    timeoutNanos = TimeUnit.NANOSECONDS.convert(timeout);
    late = "The client did not answer within " + timeout.toSeconds() + " seconds"
        + (setting == null ? "" : "; the setting is " + setting);
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param method the method of the request; not null
   * @param params the parameters; not null
   * @param cancellation the cancellation of the call that asks; ends the wait; not null
   * @param out sends messages to the client; not null
   * @return the answer; a failure if the connection ends first
   * @throws InterruptedException if the call is cancelled; the client gets a cancellation
   * @throws UnansweredException if the answer is not valid, or does not come in time; in the latter
   *     case the client gets a cancellation
   */
  JsonRpcMessage.Response send(
      String method, ObjectNode params, Cancellation cancellation, Consumer<JsonRpcMessage> out)
      throws InterruptedException {
    if (Thread.interrupted()) { // before anything is sent, which the interrupt would cut off
      throw new InterruptedException();
    }
    RequestId id = RequestId.of("server-" + ids.incrementAndGet());
    CompletableFuture<JsonRpcMessage.Response> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    try {
      if (closed) {
        return gone(id);
      }
      cancellation.throwIfCancelled();
      out.accept(new JsonRpcMessage.Request(id, method, params));
      return answer.get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      withdraw(id, null, out);
      throw e;
    } catch (TimeoutException e) {
      // https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle#timeouts
      // "the sender SHOULD issue a cancellation notification for that request and stop waiting"
      withdraw(id, "It took too long", out);
      throw new UnansweredException(late);
    } catch (ExecutionException e) {
      throw (UnansweredException) e.getCause();
    } finally {
      waiting.remove(id);
    }
  }

  private static void withdraw(
      RequestId id, @Nullable String reason, Consumer<JsonRpcMessage> out) {
    ObjectNode cancelled = Json.object();
    cancelled.set("requestId", id.toJson());
    if (reason != null) {
      cancelled.put("reason", reason);
    }
    out.accept(new JsonRpcMessage.Notification("notifications/cancelled", cancelled));
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

  /**
   * Ends the wait for an answer that is not valid.
   *
   * @param id the id of the answer; null if it has none
   * @param why what is wrong with it; not null
   * @return true if a request was waiting for it
   */
  boolean unusable(@Nullable RequestId id, @Nullable String why) {
    CompletableFuture<JsonRpcMessage.Response> answer = id == null ? null : waiting.get(id);
    if (answer == null) {
      return false;
    }
    answer.completeExceptionally(
        new UnansweredException("The client's answer is not valid: " + why));
    return true;
  }

  /** Ends all waits, because no more answers will come. */
  void close() {
    closed = true;
    waiting.forEach((id, answer) -> answer.complete(gone(id)));
  }

  private static JsonRpcMessage.Failure gone(RequestId id) {
    return new JsonRpcMessage.Failure(
        id, new JsonRpcError(ErrorCode.INTERNAL_ERROR, "The connection has ended"));
  }
}
