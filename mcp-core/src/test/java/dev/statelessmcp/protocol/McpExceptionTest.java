package dev.statelessmcp.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import org.junit.jupiter.api.Test;

class McpExceptionTest {

  @Test
  void isAJsonRpcErrorWithoutAStackTrace() {
    McpException e = new McpException(1001, "No", Json.object().put("a", 1));
    assertEquals(new JsonRpcError(1001, "No", Json.object().put("a", 1)), e.error());
    assertEquals(0, e.getStackTrace().length);
    assertNull(new McpException(1, "No").error().data());
  }

  @Test
  void invalidParamsSaysSo() {
    McpException e = McpException.invalidParams("params.name is required");
    assertEquals(
        new JsonRpcError(ErrorCode.INVALID_PARAMS, "Invalid params: params.name is required"),
        e.error());
  }

  @Test
  void missingCapabilitySaysWhich() {
    ObjectNode form = Json.object();
    form.putObject("elicitation").putObject("form");
    JsonRpcError error = McpException.missingCapability(form).error();
    assertEquals(ErrorCode.MISSING_REQUIRED_CLIENT_CAPABILITY, error.code());
    assertEquals(form, error.data().get("requiredCapabilities"));
    assertThrows(NullPointerException.class, () -> McpException.missingCapability(null));
  }

  @Test
  void needsAMessage() {
    assertThrows(NullPointerException.class, () -> new McpException(1, null));
  }
}
