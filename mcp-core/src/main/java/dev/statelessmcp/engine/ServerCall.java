package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Cancellation;
import dev.statelessmcp.transport.Exchange;

/**
 * One request being served.
 *
 * @param request the request
 * @param meta what it says about itself
 * @param exchange what the transport supplies
 * @param cancellation asked of the exchange once
 */
public record ServerCall(
    JsonRpcMessage.Request request,
    RequestMeta meta,
    Exchange exchange,
    Cancellation cancellation) {

  /**
   * The parameters of the request.
   *
   * @return never null
   */
  public ObjectNode params() {
    return request.params();
  }
}
