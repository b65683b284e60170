package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.input.Asks;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.McpException;
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
   * How the client is asked in the middle of a call.
   *
   * @param call the call
   * @param asks what the handler may ask
   * @return asks for this call
   */
  Asker asker(ServerCall call, Asks asks);

  /**
   * What a call becomes that cannot go on without answers.
   *
   * @param required what is to be asked
   * @param call the call
   * @return the result
   */
  ObjectNode inputRequired(InputRequired required, ServerCall call);

  /**
   * The error for a URI that leads nowhere.
   *
   * @param uri the URI
   * @return the error
   */
  McpException resourceNotFound(String uri);

  /**
   * Adds what results carry in this era.
   *
   * @param call the call
   * @param result the neutral result; it may be changed
   * @return the result as it goes to the wire
   */
  ObjectNode seal(ServerCall call, ObjectNode result);
}
