package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Exchange;

/** Translates between the wire of one era and the neutral model behind it. */
sealed interface ProtocolEra permits ModernEra, LegacyEra {

  /** Which era it is. */
  Era era();

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
  Asker asker(ServedRequest call, Asks asks);

  /**
   * What a call becomes that cannot go on without answers.
   *
   * @param required what is to be asked
   * @param call the call
   * @return the result
   */
  ObjectNode inputRequired(InputRequired required, ServedRequest call);

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
   * @throws Exception if the catalogue fails
   */
  ObjectNode seal(ServedRequest call, ObjectNode result) throws Exception;
}
