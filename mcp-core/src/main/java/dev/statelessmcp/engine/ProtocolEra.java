package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Exchange;

/** Translates between the wire form of one era and the model of both. */
sealed interface ProtocolEra permits ModernEra, LegacyEra {

  /** The era. */
  Era era();

  /**
   * Reads the metadata of a request.
   *
   * @param request the request
   * @param exchange the exchange of the request
   * @return the metadata
   * @throws dev.statelessmcp.protocol.McpException if it is missing, malformed or of a version that
   *     this era does not have
   */
  RequestMeta readMeta(JsonRpcMessage.Request request, Exchange exchange);

  /**
   * Creates the object that asks the client during a call.
   *
   * @param call the call
   * @param asks the kinds of questions that the handler declares
   * @return the asker of this call
   */
  Asker asker(ServedRequest call, Asks asks);

  /**
   * The result of a call that needs answers to continue.
   *
   * @param required the questions
   * @param call the call
   * @return the result
   */
  ObjectNode inputRequired(InputRequired required, ServedRequest call);

  /**
   * The error for an unknown URI.
   *
   * @param uri the URI
   * @return the error
   */
  McpException resourceNotFound(String uri);

  /**
   * Converts a result to the wire form of this era.
   *
   * @param call the call
   * @param result the result, which may be changed
   * @return the wire form
   * @throws Exception if the catalogue fails
   */
  ObjectNode seal(ServedRequest call, ObjectNode result) throws Exception;
}
