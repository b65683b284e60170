package dev.statelessmcp.lambda.local.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query string's parameters, in their order. */
final class Query {
  private Query() {}

  static Map<String, List<String>> decoded(@Nullable String query) {
    return parameters(query, true);
  }

  /** As sent: some services leave the percent signs to the function. */
  static Map<String, List<String>> raw(@Nullable String query) {
    return parameters(query, false);
  }

  private static Map<String, List<String>> parameters(@Nullable String query, boolean decode) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (query == null) {
      return parameters;
    }
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        String[] parts = parameter.split("=", 2);
        String value = parts.length == 2 ? parts[1] : "";
        parameters
            .computeIfAbsent(decode ? decode(parts[0]) : parts[0], name -> new ArrayList<>())
            .add(decode ? decode(value) : value);
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a percent sign that stands for itself
    }
  }
}
