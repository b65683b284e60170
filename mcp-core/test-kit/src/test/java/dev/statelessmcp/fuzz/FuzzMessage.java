package dev.statelessmcp.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A message that is sent to a server on purpose to find a defect. Immutable if the bytes are not
 * changed.
 *
 * @param origin the fixture that it was made of
 * @param server the server of {@code FixtureServer} that it is for
 * @param version the revision of the fixture
 * @param modern whether that revision conveys its metadata with every request
 * @param method the HTTP method
 * @param headers the HTTP headers
 * @param body the content
 */
@SuppressWarnings("ArrayRecordComponent") // messages are not compared
public record FuzzMessage(
    String origin,
    String server,
    String version,
    boolean modern,
    String method,
    Map<String, String> headers,
    byte[] body) {

  /** Keeps a copy of the headers, in their order. */
  public FuzzMessage {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The body as text, with replacement characters where it is not UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The same message with another body. */
  public FuzzMessage body(byte[] newBody) {
    return new FuzzMessage(origin, server, version, modern, method, headers, newBody);
  }

  /** The same message with another HTTP method and other headers. */
  public FuzzMessage with(String newMethod, Map<String, String> newHeaders) {
    return new FuzzMessage(origin, server, version, modern, newMethod, newHeaders, body);
  }

  /** A header by its name in any case, of equal values one; null if there is none. */
  public String header(String name) {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        Set<String> values = Set.copyOf(List.of(header.getValue().split(", ", -1)));
        return values.size() == 1 ? values.iterator().next() : header.getValue();
      }
    }
    return null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(origin).append(" [").append(version).append("]\n");
    text.append(method).append(" to ").append(server).append('\n');
    headers.forEach(
        (name, value) -> text.append(name).append(": ").append(value).append('\n'));
    String latin = new String(body, StandardCharsets.ISO_8859_1);
    return text.append('\n').append(latin).toString();
  }
}
