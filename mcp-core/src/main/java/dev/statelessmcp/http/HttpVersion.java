package dev.statelessmcp.http;

import dev.statelessmcp.call.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP version of a request. It is an attribute of a call if the transport knows it. On Lambda
 * it is the version of the request to the gateway.
 */
public enum HttpVersion {
  /** HTTP/1.0. */
  HTTP_1_0("1.0"),
  /** HTTP/1.1. */
  HTTP_1_1("1.1"),
  /** HTTP/2. */
  HTTP_2("2"),
  /** HTTP/3. */
  HTTP_3("3");

  private final String number;

  HttpVersion(String number) {
    this.number = number;
  }

  /**
   * Adds the version to the attributes of a request.
   *
   * @param attributes the attributes; not null
   * @param protocol the protocol as servers and gateways name it, such as {@code HTTP/1.1}; null if
   *     it is not known
   * @return the attributes, without a version if the protocol is unknown
   */
  public static Attributes addTo(Attributes attributes, @Nullable String protocol) {
    HttpVersion version = of(protocol);
    return version == null ? attributes : attributes.with(HttpVersion.class, version);
  }

  private static @Nullable HttpVersion of(@Nullable String protocol) {
    if (protocol == null) {
      return null;
    }
    return switch (protocol) {
      case "HTTP/1.1" -> HTTP_1_1;
      case "HTTP/2.0", "HTTP/2" -> HTTP_2;
      case "HTTP/3.0", "HTTP/3" -> HTTP_3;
      case "HTTP/1.0" -> HTTP_1_0;
      default -> null;
    };
  }

  /**
   * The number of the version.
   *
   * @return such as {@code 1.1} and {@code 2}
   */
  @Override
  public String toString() {
    return number;
  }
}
