package dev.statelessmcp.engine.era;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.engine.MethodTable;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Exchange;

/** Translates between the wire of one era and the neutral model behind it. */
public sealed interface ProtocolEra permits ModernEra, LegacyEra {

  /**
   * The methods that exist in this era.
   *
   * @return always the same table
   */
  MethodTable methods();

  /**
   * Reads what a request says about itself.
   *
   * @param request the request
   * @param exchange what the transport knows
   * @return the metadata
   * @throws dev.statelessmcp.protocol.McpException if it is missing, malformed or of a version that
   *     this era does not speak
   */
  RequestMeta readMeta(JsonRpcMessage.Request request, Exchange exchange);

  /**
   * Adds what results carry in this era.
   *
   * @param method the method that was asked for
   * @param result the neutral result; it may be changed
   * @return the result as it goes to the wire
   */
  ObjectNode seal(String method, ObjectNode result);
}
