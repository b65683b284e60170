package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;

/** A method of an extension, for clients that have declared it. */
record ExtensionMethod(Extension extension, Extension.Method method, ServerDefinition server)
    implements McpMethod {

  @Override
  public ObjectNode serve(ServerCall call) throws Exception {
    if (!call.meta().clientCapabilities().has("extensions", extension.id())) {
      ObjectNode data = Json.object();
      data.putObject("requiredCapabilities").putObject("extensions").putObject(extension.id());
      throw new McpException(
          ErrorCode.MISSING_REQUIRED_CLIENT_CAPABILITY,
          "The client did not declare the extension " + extension.id(),
          data);
    }
    return Calls.serve(extension, method, call, server);
  }
}
