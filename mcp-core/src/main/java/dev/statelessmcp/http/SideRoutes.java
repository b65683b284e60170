package dev.statelessmcp.http;

import dev.statelessmcp.json.Json;
import dev.statelessmcp.transport.FailureLog;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The documents that an endpoint serves in addition to MCP. They are public: neither the
 * authenticator nor the rules for Host and Origin apply, and pages of every origin may read them.
 */
final class SideRoutes {
  private static final byte[] NO_BODY = {};
  private static final String METHODS = "GET, HEAD, OPTIONS";

  private final Map<String, Function<HttpRequest, @Nullable HttpDocument>> documents;

  SideRoutes(Map<String, Function<HttpRequest, @Nullable HttpDocument>> documents) {
    this.documents = new HashMap<>(documents);
  }

  boolean has(String path) {
    return !documents.isEmpty() && documents.containsKey(EndpointPath.withoutSlash(path));
  }

  void serve(HttpRequest request, HttpReply reply) throws HttpRefusal, IOException {
    HttpHeaders.Builder headers = HttpHeaders.builder().add("Access-Control-Allow-Origin", "*");
    switch (request.method()) {
      case "GET", "HEAD" -> send(request, headers, reply);
      case "OPTIONS" ->
        reply.send(
            204,
            headers
                .add("Allow", METHODS)
                .add("Access-Control-Allow-Methods", METHODS)
                .add("Access-Control-Allow-Headers", "*")
                .build(),
            NO_BODY);
      default ->
        throw HttpRefusal.beside(
            405,
            HttpHeaders.of("Allow", METHODS),
            "method_not_allowed",
            "Method " + request.method() + " is not allowed here; read the document with GET");
    }
  }

  private void send(HttpRequest request, HttpHeaders.Builder headers, HttpReply reply)
      throws HttpRefusal, IOException {
    Function<HttpRequest, @Nullable HttpDocument> route =
        documents.get(EndpointPath.withoutSlash(request.path()));
    HttpDocument document;
    try {
      document = route == null ? null : route.apply(request);
    } catch (RuntimeException | Error e) {
      FailureLog.log(
          request.attributes(),
          "The document at " + Json.printable(request.path(), 128) + " failed",
          e);
      throw HttpRefusal.beside(500, HttpHeaders.NONE, "server_error", "Internal error");
    }
    if (document == null) {
      throw HttpRefusal.beside(
          404, HttpHeaders.NONE, "not_found", "There is no document at " + request.path());
    }
    document.addTo(headers);
    if (document.status() == 200) {
      String etag = document.etag();
      headers.add("ETag", etag).add("Access-Control-Expose-Headers", "ETag");
      if (names(request.headers().value("If-None-Match"), etag)) {
        reply.send(304, headers.build(), NO_BODY);
        return;
      }
    }
    boolean head = request.method().equals("HEAD");
    reply.send(document.status(), headers.build(), head ? NO_BODY : document.body());
  }

  /**
   * Whether an {@code If-None-Match} header names the tag. Compares weakly: a gateway that
   * compresses a document makes its tag a weak one.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, section
   *     13.1.2</a>
   */
  private static boolean names(@Nullable String header, String etag) {
    if (header == null) {
      return false;
    }
    for (String tag : header.split(",", -1)) {
      String strong = tag.strip();
      strong = strong.startsWith("W/") ? strong.substring(2) : strong;
      if (strong.equals(etag) || strong.equals("*")) {
        return true;
      }
    }
    return false;
  }
}
