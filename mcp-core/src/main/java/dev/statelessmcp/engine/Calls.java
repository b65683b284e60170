package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.input.Asks;

/** Runs handlers that belong to no feature of the protocol itself. */
public final class Calls {

  private Calls() {}

  /**
   * Runs a method of an extension.
   *
   * @param extension the extension
   * @param method its method
   * @param call the request
   * @param server the server
   * @return the result
   * @throws Exception what the method throws
   */
  public static ObjectNode serve(
      Extension extension, Extension.Method method, ServerCall call, ServerDefinition server)
      throws Exception {
    try (RunningCall running = new RunningCall(call, server, Asks.NOTHING)) {
      ObjectNode result = method.serve(call.params(), running);
      if (result == null) {
        throw new IllegalStateException("a method of " + extension.id() + " returned null");
      }
      return result.deepCopy(); // the era writes into it, and it is the extension's
    }
  }
}
