package dev.statelessmcp.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.transport.Admission;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request or a batch that is being served, until its answer has been written. */
final class StdioCall implements Runnable {
  private static final System.Logger LOG = System.getLogger("dev.statelessmcp");

  private static final int MAX_KIND = 128;

  private final Connection connection;
  private final StdioExchange exchange;
  private final JsonRpcMessage.@Nullable Request request; // null for a batch
  private final @Nullable Admission admission; // null for a batch
  private final JsonRpcPayload.@Nullable Batch batch; // null for a request
  private final int bytes;
  private final String kind;
  private final boolean longLived;

  StdioCall(
      Connection connection,
      StdioExchange exchange,
      JsonRpcMessage.Request request,
      Admission admission,
      int bytes) {
    this.connection = connection;
    this.exchange = exchange;
    this.request = request;
    this.admission = admission;
    this.batch = null;
    this.bytes = bytes;
    this.longLived = admission.isLongLived();
    this.kind = kind(request);
  }

  StdioCall(Connection connection, StdioExchange exchange, JsonRpcPayload.Batch batch, int bytes) {
    this.connection = connection;
    this.exchange = exchange;
    this.request = null;
    this.admission = null;
    this.batch = batch;
    this.bytes = bytes;
    this.longLived = false;
    this.kind = "a batch";
  }

  /** Returns the kind; a long name from the client is shortened. */
  private static String kind(JsonRpcMessage.Request request) {
    String tool =
        request.method().equals("tools/call") ? request.params().path("name").textValue() : null;
    return tool == null || tool.length() > MAX_KIND ? request.method() : tool;
  }

  /** The length of its line in bytes. */
  int bytes() {
    return bytes;
  }

  /** The kind, which predicts the duration: the tool, or else the method. */
  String kind() {
    return kind;
  }

  /** The name for the log, without line breaks from the client. */
  @Override
  public String toString() {
    String name =
        request == null || kind.equals(request.method()) ? kind : request.method() + " " + kind;
    StringBuilder printable = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      printable.append(c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ? '?' : c);
    }
    return printable.toString();
  }

  /** Serves this call, and then those that have waited for its place. */
  @Override
  public void run() {
    StdioCall call = this;
    while (call != null) {
      call = call.serve();
    }
  }

  /** Serves only this call; returns the call that gets its place, or null. */
  @Nullable
  StdioCall serve() {
    long begun = System.nanoTime();
    try {
      if (batch != null) {
        serveBatch(batch);
      } else if (request != null && admission != null) {
        serveRequest(request, admission, begun);
      }
    } finally {
      exchange.close();
    }
    StdioCall next = connection.calls().end(this, exchange.endPlace());
    if (next != null) {
      connection.executeWaiting(); // a long line may have blocked several short ones
    }
    return next;
  }

  private void serveRequest(JsonRpcMessage.Request request, Admission admission, long begun) {
    try {
      JsonRpcMessage.Response answer = admission.run();
      Thread.interrupted(); // an interrupt that a handler has left set would close a channel
      connection.took(kind, System.nanoTime() - begun);
      if (longLived) {
        exchange.answerSubscription(answer);
      } else {
        exchange.answer(answer);
      }
    } catch (Throwable e) { // such as OutOfMemoryError: other calls must still be served
      failed(e, request.id());
    }
  }

  private void serveBatch(JsonRpcPayload.Batch batch) {
    try {
      Optional<JsonNode> answer = connection.server().serve(batch, exchange);
      Thread.interrupted();
      if (answer.isPresent()) {
        exchange.answer(Json.write(answer.get()));
      }
    } catch (Throwable e) {
      failed(e, null);
    }
  }

  private void failed(Throwable e, @Nullable RequestId id) {
    try {
      JsonRpcError error = new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error");
      exchange.answer(new JsonRpcMessage.Failure(id, error));
      LOG.log(Level.ERROR, this + " failed", e);
    } catch (Throwable again) {
      // There is no memory for an answer or a log line either
    }
  }
}
