package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP headers that mirror a message.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#standard-request-headers">Standard
 *     Request Headers</a>
 */
final class MessageHeaders {
  private static final Map<String, String> NAMES = Map.of(
      "tools/call", "name",
      "prompts/get", "name",
      "resources/read", "uri",
      "tasks/get", "taskId",
      "tasks/update", "taskId",
      "tasks/cancel", "taskId");

  /** The input schemas of tools by name, which declare the mirrored parameters. */
  private final Map<String, JsonNode> schemas = new HashMap<>(); // guarded by this

  private final ProtocolVersion version;

  MessageHeaders(ProtocolVersion version) {
    this.version = version;
  }

  /** Stores the schema of a tool. */
  synchronized void learn(String tool, JsonNode inputSchema) {
    schemas.put(tool, inputSchema);
  }

  synchronized Map<String, String> of(JsonNode message) {
    Map<String, String> headers = new LinkedHashMap<>();
    String method = message.path("method").asText();
    if (version.era() == Era.MODERN) {
      headers.put("MCP-Protocol-Version", version.toString());
      if (!method.isEmpty()) {
        headers.put("Mcp-Method", method);
      }
      JsonNode params = message.path("params");
      JsonNode name = params.path(NAMES.getOrDefault(method, ""));
      if (name.isTextual()) {
        headers.put("Mcp-Name", encoded(name.textValue()));
      }
      if (method.equals("tools/call")) {
        mirror(schemas.get(name.asText()), params.path("arguments"), headers);
      }
    } else if (version.compareTo(ProtocolVersion.V2025_06_18) >= 0
        && !method.equals("initialize")) {
      headers.put("MCP-Protocol-Version", version.toString());
    }
    return headers;
  }

  private static void mirror(
      @Nullable JsonNode schema, JsonNode arguments, Map<String, String> headers) {
    if (schema == null) {
      return;
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode value = arguments.path(property.getKey());
      String header = property.getValue().path("x-mcp-header").textValue();
      if (header != null && value.isValueNode() && !value.isNull()) {
        String text = value.isTextual() ? value.textValue() : Json.text(value);
        headers.put("Mcp-Param-" + header, encoded(text));
      }
      mirror(property.getValue(), value, headers);
    }
  }

  /** Encodes a value in Base64 if a header cannot contain it. */
  private static String encoded(String value) {
    boolean plain = !value.startsWith("=?base64?") && value.equals(value.strip());
    for (int i = 0; i < value.length(); i++) {
      plain &= value.charAt(i) >= ' ' && value.charAt(i) <= '~';
    }
    return plain
        ? value
        : "=?base64?"
            + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }
}
