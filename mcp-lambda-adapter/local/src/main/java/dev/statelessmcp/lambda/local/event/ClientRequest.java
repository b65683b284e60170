package dev.statelessmcp.lambda.local.event;

import dev.statelessmcp.lambda.local.http.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as the service in front of the function has it.
 *
 * @param method the HTTP method
 * @param path as sent, without query
 * @param query as sent, without the question mark; null if there is none
 * @param version {@code HTTP/1.1} or {@code HTTP/1.0}
 * @param headers as sent
 * @param headBytes the size of request line and headers on the wire
 * @param body empty if there is none
 * @param sourceIp who asks
 * @param port the one that was asked
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares requests
public record ClientRequest(
    String method,
    String path,
    @Nullable String query,
    String version,
    List<Header> headers,
    int headBytes,
    byte[] body,
    String sourceIp,
    int port) {

  /** The first value of a header, or null. */
  @Nullable
  String header(String name) {
    return Header.first(headers, name);
  }

  ClientRequest withPath(String other) {
    return new ClientRequest(
        method, other, query, version, headers, headBytes, body, sourceIp, port);
  }

  /** With what a service adds: who asked, how, and a trace. */
  ClientRequest forwarded() {
    String before = header("X-Forwarded-For");
    List<Header> all = new ArrayList<>();
    for (Header header : headers) {
      if (!header.name().toLowerCase(Locale.ROOT).startsWith("x-forwarded-")) {
        all.add(header);
      }
    }
    all.add(new Header("X-Forwarded-For", before == null ? sourceIp : before + ", " + sourceIp));
    all.add(new Header("X-Forwarded-Port", Integer.toString(port)));
    all.add(new Header("X-Forwarded-Proto", "http"));
    if (header("X-Amzn-Trace-Id") == null) {
      String hex = UUID.randomUUID().toString().replace("-", "");
      String trace = "Root=1-" + hex.substring(0, 8) + "-" + hex.substring(8);
      all.add(new Header("X-Amzn-Trace-Id", trace));
    }
    return new ClientRequest(method, path, query, version, all, headBytes, body, sourceIp, port);
  }

  /** Every header once, by the name that was sent first, with all of its values. */
  Map<String, List<String>> headersAsSent() {
    Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Map<String, List<String>> inOrder = new LinkedHashMap<>();
    for (Header header : headers) {
      List<String> list = values.get(header.name());
      if (list == null) {
        list = new ArrayList<>();
        values.put(header.name(), list);
        inOrder.put(header.name(), list);
      }
      list.add(header.value());
    }
    return inOrder;
  }

  /** The same with names in lower case. */
  Map<String, List<String>> headersInLowerCase() {
    Map<String, List<String>> lower = new LinkedHashMap<>();
    headersAsSent().forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
    return lower;
  }
}
