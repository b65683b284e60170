package dev.statelessmcp.lambda.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The beginning of a streamed HTTP answer: status and headers as JSON, then eight NUL bytes.
 *
 * <p>Several values of a header are joined, which HTTP allows except for {@code Set-Cookie};
 * cookies have a separate member. REST APIs also accept {@code multiValueHeaders}, but function
 * URLs do not, and a header in both members would be sent twice.
 */
final class Prelude {
  private static final int DELIMITER_BYTES = 8;

  private Prelude() {}

  static byte[] of(int status, Map<String, List<String>> headers) {
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("status must be from 100 to 599, was " + status);
    }
    ObjectNode prelude = Json.object().put("statusCode", status);
    ObjectNode single = prelude.putObject("headers");
    ArrayNode cookies = Json.array();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase("set-cookie")) {
        for (String cookie : header.getValue()) {
          cookies.add(cookie);
        }
      } else if (!header.getValue().isEmpty()) {
        single.put(header.getKey(), String.join(", ", header.getValue()));
      }
    }
    if (!cookies.isEmpty()) {
      prelude.set("cookies", cookies);
    }
    byte[] json = Json.write(prelude);
    return Arrays.copyOf(json, json.length + DELIMITER_BYTES);
  }
}
