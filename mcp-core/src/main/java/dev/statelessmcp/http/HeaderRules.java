package dev.statelessmcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.RequestMeta;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the headers that mirror the body of a modern request, so that a gateway and the server see
 * the same values.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#server-validation">Server
 *     Validation</a>
 */
final class HeaderRules {
  static final String VERSION = "MCP-Protocol-Version";
  private static final String METHOD = "Mcp-Method";
  private static final String NAME = "Mcp-Name";

  private static final String BASE64_START = "=?base64?";
  private static final String BASE64_END = "?=";

  private HeaderRules() {}

  /**
   * Refuses a modern request whose standard headers are missing or contradict its body.
   *
   * @param member the member of the params that {@code Mcp-Name} mirrors; null if there is none
   */
  static void check(HttpHeaders headers, JsonRpcMessage.Request request, @Nullable String member)
      throws HttpRefusal {
    String version = required(headers, VERSION, request);
    JsonNode inBody = request.params().path("_meta").path(RequestMeta.PROTOCOL_VERSION);
    // A body without a version contradicts nothing; it is refused with -32602.
    if (inBody.isTextual() && !version.equals(inBody.textValue())) {
      throw mismatch(request, VERSION, version, inBody.textValue());
    }
    String method = required(headers, METHOD, request);
    if (!method.equals(request.method())) {
      throw mismatch(request, METHOD, method, request.method());
    }
    JsonNode name = member == null ? null : request.params().get(member);
    if (name != null && name.isTextual()) {
      String header = decoded(NAME, required(headers, NAME, request), request);
      if (!header.equals(name.textValue()) && !name.textValue().equals(repeating(headers, NAME))) {
        throw mismatch(request, NAME, header, name.textValue());
      }
    }
  }

  /** Refuses a modern request whose {@code Mcp-Param} headers contradict its arguments. */
  static void check(
      HttpHeaders headers, JsonRpcMessage.Request request, Map<String, List<String>> mirrored)
      throws HttpRefusal {
    for (Map.Entry<String, List<String>> parameter : mirrored.entrySet()) {
      check(parameter.getKey(), parameter.getValue(), headers, request);
    }
  }

  /**
   * Checks one mirrored argument.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#server-behavior-for-custom-headers">Server
   *     Behavior for Custom Headers</a>
   */
  private static void check(
      String name, List<String> path, HttpHeaders headers, JsonRpcMessage.Request request)
      throws HttpRefusal {
    JsonNode value = request.params().path("arguments");
    for (String member : path) {
      value = value.path(member);
    }
    boolean absent = value.isMissingNode() || value.isNull();
    if (absent && headers.value(name) == null) {
      return; // "Client MUST omit the header"
    }
    String header = decoded(name, required(headers, name, request), request);
    if (absent || !(equal(header, value) || isRepeating(headers, name, value))) {
      // Without the values: arguments may be confidential
      throw HttpRefusal.headerMismatch(
          request.id(),
          "the " + name + " header does not match arguments." + String.join(".", path));
    }
  }

  /** "servers SHOULD compare the header value and the body value numerically" for integers. */
  private static boolean equal(String header, JsonNode value) {
    if (value.isTextual()) {
      return header.equals(value.textValue());
    }
    if (value.isBoolean()) {
      return header.equals(value.booleanValue() ? "true" : "false");
    }
    if (!value.isNumber() || header.length() > 100) {
      return false;
    }
    try {
      return new BigDecimal(header).compareTo(value.decimalValue()) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String required(HttpHeaders headers, String name, JsonRpcMessage.Request request)
      throws HttpRefusal {
    String value = headers.single(name);
    if (value == null) {
      throw HttpRefusal.headerMismatch(request.id(), "the " + name + " header is required");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        throw HttpRefusal.headerMismatch(
            request.id(), "the " + name + " header has characters that are not visible ASCII");
      }
    }
    return value;
  }

  /**
   * The whole value, if it repeats itself: it is compared too, because the client may have sent it
   * only once.
   *
   * @return null for any other value, and for an encoded one
   */
  private static @Nullable String repeating(HttpHeaders headers, String name) {
    String value = headers.value(name);
    return value == null || value.startsWith(BASE64_START) || value.equals(headers.single(name))
        ? null
        : value;
  }

  private static boolean isRepeating(HttpHeaders headers, String name, JsonNode value) {
    String header = repeating(headers, name);
    return header != null && equal(header, value);
  }

  private static HttpRefusal mismatch(
      JsonRpcMessage.Request request, String name, String header, String body) {
    return HttpRefusal.headerMismatch(
        request.id(),
        name + " header value '" + header + "' does not match body value '" + body + "'");
  }

  /**
   * "Servers MUST decode an encoded Mcp-Name … value before comparing it"; the sentinel is
   * case-sensitive.
   */
  private static String decoded(String name, String value, JsonRpcMessage.Request request)
      throws HttpRefusal {
    if (!value.startsWith(BASE64_START)
        || !value.endsWith(BASE64_END)
        || value.length() < BASE64_START.length() + BASE64_END.length()) {
      return value;
    }
    String encoded = value.substring(BASE64_START.length(), value.length() - BASE64_END.length());
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded);
      if (!Base64.getEncoder().encodeToString(bytes).equals(encoded)) {
        // Java also accepts missing padding; an intermediary may not, and see another value
        throw new IllegalArgumentException("not the canonical Base64 of these bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | IOException e) {
      throw HttpRefusal.headerMismatch(
          request.id(), "the " + name + " header is not UTF-8 in Base64");
    }
  }
}
