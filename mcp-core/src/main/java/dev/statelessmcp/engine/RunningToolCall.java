package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.transport.Caller;
import dev.statelessmcp.transport.Cancellation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The call that a handler sees; closed when the handler has returned. */
final class RunningToolCall implements ToolCall, AutoCloseable {
  private final String name;
  private final ServerCall call;
  private final Object progressLock = new Object();
  private double reported = Double.NEGATIVE_INFINITY;
  private boolean closed;

  RunningToolCall(String name, ServerCall call) {
    this.name = name;
    this.call = call;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RequestMeta meta() {
    return call.meta();
  }

  @Override
  public Caller caller() {
    return call.exchange().caller();
  }

  @Override
  public Map<String, List<String>> headers() {
    return call.exchange().headers();
  }

  @Override
  public Cancellation cancellation() {
    return call.cancellation();
  }

  @Override
  public Optional<Instant> deadline() {
    return call.exchange().deadline();
  }

  /**
   * "The progress value MUST increase with each notification", and "Progress notifications MUST
   * stop after completion".
   */
  @Override
  public void progress(double progress, double total, String message) {
    JsonNode token = call.meta().progressToken();
    if (token == null || !Double.isFinite(progress)) {
      return;
    }
    ObjectNode params = Json.object();
    params.set("progressToken", token);
    params.set("progress", number(progress));
    if (total > 0 && Double.isFinite(total)) {
      params.set("total", number(total));
    }
    if (message != null) {
      params.put("message", message);
    }
    // Sent under the lock, so that two threads cannot swap their reports on the wire
    synchronized (progressLock) {
      if (!closed && progress > reported && !call.cancellation().isCancelled()) {
        reported = progress;
        call.exchange().send(new JsonRpcMessage.Notification("notifications/progress", params));
      }
    }
  }

  /** Without a fraction where there is none: 1 reads better than 1.0. */
  private static JsonNode number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Json.NODES.numberNode((long) value)
        : Json.NODES.numberNode(value);
  }

  @Override
  public void close() {
    synchronized (progressLock) {
      closed = true;
    }
  }
}
