package dev.statelessmcp.http;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.jsonrpc.ResponseScan;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.FailureLog;
import dev.statelessmcp.transport.ServerPort;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The checks of a request before its message is read: authentication, media types, size. */
final class RequestGate {
  private static final int TOO_LARGE = 413;

  private final Authenticator authenticator;
  private final ServerPort port;
  private final JsonRpcCodec codec;

  RequestGate(Authenticator authenticator, ServerPort port, JsonRpcCodec codec) {
    this.authenticator = authenticator;
    this.port = port;
    this.codec = codec;
  }

  void prepare() {
    if (!(authenticator instanceof NoAuthenticator)) {
      Thread thread = new Thread(new Preparation(authenticator), "mcp-authenticator");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private record Preparation(Authenticator authenticator) implements Runnable {

    @Override
    public void run() {
      try {
        authenticator.prepare();
      } catch (RuntimeException | Error e) {
        FailureLog.log(Attributes.NONE, "The authenticator could not prepare", e);
      }
    }
  }

  /** Authenticates a request. */
  Incoming incoming(HttpRequest request, HttpReply reply) throws HttpRefusal {
    return new Incoming(request, reply, authenticate(request), authenticator);
  }

  /**
   * Checks the scopes that every request needs. For JSON-RPC requests the server checks them,
   * together with those of the item.
   */
  void checkScopes(Incoming incoming) throws HttpRefusal {
    List<String> scopes = authenticator.requiredScopes();
    if (!port.hasScopes(incoming.caller(), scopes)) {
      throw new HttpRefusal(
          403,
          HttpHeaders.of(
              "WWW-Authenticate", authenticator.scopeChallenge(incoming.request(), scopes)),
          "Forbidden: this request needs the scopes " + String.join(" ", scopes));
    }
  }

  Caller authenticate(HttpRequest request) throws HttpRefusal {
    Authenticator.Decision decision;
    try {
      decision = Objects.requireNonNull(authenticator.authenticate(request), "decision");
    } catch (RuntimeException | Error e) { // an Error such as a class that is not there, too
      FailureLog.log(request.attributes(), "The authenticator failed", e);
      throw HttpRefusal.internalError();
    }
    HttpRefusal refusal = decision.refusal();
    if (refusal != null) {
      throw refusal;
    }
    return decision.caller().orElseThrow();
  }

  static void checkMediaTypes(HttpHeaders headers) throws HttpRefusal {
    String contentType = headers.single("Content-Type");
    if (!MediaTypes.isJson(contentType)) {
      throw new HttpRefusal(
          415,
          contentType == null
              ? "The Content-Type header is required; it must be application/json"
              : "The Content-Type must be application/json in UTF-8, not " + contentType);
    }
    checkEncoding(headers.single("Content-Encoding"));
    checkTransfer(headers.single("Transfer-Encoding"));
    String accept = headers.value("Accept");
    if (!MediaTypes.accepts(accept, MediaTypes.JSON)
        && !MediaTypes.accepts(accept, MediaTypes.EVENT_STREAM)) {
      throw new HttpRefusal(
          406,
          "The Accept header must allow application/json and text/event-stream, not " + accept);
    }
  }

  /**
   * Refuses compressed content. Messages are usually small, and a kilobyte can expand to a
   * megabyte, beyond the limit that is checked before the content is read.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3-12">"the Accept-Encoding
   *     response header field … in a response with status code 415"</a>
   */
  private static void checkEncoding(@Nullable String encoding) throws HttpRefusal {
    if (encoding != null && !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
      throw new HttpRefusal(
          415,
          HttpHeaders.of("Accept-Encoding", "identity"),
          "The Content-Encoding header \""
              + encoding
              + "\" is not supported; send the content without compression");
    }
  }

  /** Refuses transfer codings other than chunked, which the HTTP server decodes. */
  private static void checkTransfer(@Nullable String encoding) throws HttpRefusal {
    boolean plain = encoding == null
        || encoding.equalsIgnoreCase("chunked")
        || encoding.equalsIgnoreCase("identity");
    if (!plain) {
      throw new HttpRefusal(
          501,
          "The Transfer-Encoding header \""
              + encoding
              + "\" is not supported; send the content in chunks without compression");
    }
  }

  JsonRpcPayload read(HttpRequest request)
      throws HttpRefusal, MalformedMessageException, IOException {
    int maxBytes = codec.limits().maxBytes();
    byte[] body = request.body().read(maxBytes);
    if (body == null) {
      throw new HttpRefusal(TOO_LARGE, "The body is larger than " + maxBytes + " bytes");
    }
    return codec.read(body);
  }

  /**
   * The id of the question that a refused request answers.
   *
   * @param refusal the reason: the size or the headers
   * @return null if it is not an answer, or the id is not known
   */
  @Nullable
  RequestId answeredQuestion(HttpRequest request, HttpRefusal refusal) throws IOException {
    byte[] body = refusal.status() == TOO_LARGE
        ? null
        : request.body().read(codec.limits().maxBytes());
    if (body == null) {
      return request.body().answeredQuestion();
    }
    ResponseScan scan = new ResponseScan();
    scan.take(body, 0, body.length);
    return scan.id();
  }

  /**
   * The metadata of a legacy client from its version header.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#protocol-version-header">"If
   *     the server receives a request with an invalid or unsupported MCP-Protocol-Version, it MUST
   *     respond with 400 Bad Request"</a>
   */
  static RequestMeta legacyClient(@Nullable String versionHeader, @Nullable RequestId id)
      throws HttpRefusal {
    if (versionHeader == null) {
      return RequestMeta.UNKNOWN;
    }
    ProtocolVersion version = ProtocolVersion.of(versionHeader).orElse(null);
    if (version == null) {
      throw HttpRefusal.invalid(
          400,
          id,
          "The MCP-Protocol-Version header \""
              + versionHeader
              + "\" must be one of "
              + List.of(ProtocolVersion.values()));
    }
    return RequestMeta.of(version);
  }
}
