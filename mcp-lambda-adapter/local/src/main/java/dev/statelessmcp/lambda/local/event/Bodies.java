package dev.statelessmcp.lambda.local.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which request bodies are text in an event, and which are base64. */
final class Bodies {
  private static final Set<String> TEXT =
      Set.of("application/json", "application/javascript", "application/xml");

  private Bodies() {}

  static void put(ObjectNode event, ClientRequest request, boolean binary) {
    event.put("body", text(request, binary)).put("isBase64Encoded", binary);
  }

  static String text(ClientRequest request, boolean binary) {
    return binary
        ? Base64.getEncoder().encodeToString(request.body())
        : new String(request.body(), UTF_8);
  }

  /** The rule of every service but REST APIs. */
  static boolean isBinary(ClientRequest request) {
    if (request.body().length == 0) {
      return false;
    }
    String type = mediaType(request.header("Content-Type"));
    return request.header("Content-Encoding") != null
        || !(type.startsWith("text/") || TEXT.contains(type));
  }

  /** The type without its parameters, in lower case. */
  static String mediaType(@Nullable String contentType) {
    return contentType == null
        ? ""
        : contentType.split("[;,]", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
