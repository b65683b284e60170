package dev.statelessmcp.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.LogLevel;
import java.util.Set;

/**
 * A connection of the legacy era that outlives one request: a pipe, or an HTTP session where a
 * transport has been told to keep some. The modern era has no such thing. Safe from any number of
 * threads.
 */
public interface LegacyConnection {

  /**
   * Sends a notification that belongs to no request. It is dropped if the client is gone.
   *
   * @param notification what to send; not null
   */
  void push(JsonRpcMessage.Notification notification);

  /**
   * Asks the client something, and waits for its answer.
   *
   * @param method what to ask for, such as {@code elicitation/create}; not null
   * @param params the parameters; not null
   * @param cancellation of the call that asks; ends the wait; not null
   * @return the client's answer
   * @throws InterruptedException if the call is cancelled, or the connection ends
   */
  JsonRpcMessage.Response request(String method, ObjectNode params, Cancellation cancellation)
      throws InterruptedException;

  /**
   * The lowest level of log messages that the client wants.
   *
   * @return by default {@link LogLevel#INFO}; never null
   */
  LogLevel logLevel();

  /**
   * Sets the lowest level of log messages.
   *
   * @param level the level; not null
   */
  void setLogLevel(LogLevel level);

  /**
   * The URIs of the resources whose changes the client wants to hear of.
   *
   * @return a live set that can be changed; safe from any number of threads
   */
  Set<String> subscriptions();
}
