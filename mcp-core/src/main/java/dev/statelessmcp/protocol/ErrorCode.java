package dev.statelessmcp.protocol;

/**
 * The error codes of JSON-RPC and MCP.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#error-codes">Error
 *     Codes</a>
 */
public final class ErrorCode {
  /** The text is not JSON. */
  public static final int PARSE_ERROR = -32700;

  /** The JSON is not a JSON-RPC message. */
  public static final int INVALID_REQUEST = -32600;

  /** The server does not have the method. */
  public static final int METHOD_NOT_FOUND = -32601;

  /** The parameters are not valid for the method; also the code for an unknown tool. */
  public static final int INVALID_PARAMS = -32602;

  /** Internal error of the server. */
  public static final int INTERNAL_ERROR = -32603;

  /** 2026-07-28: the HTTP headers do not match the body, or required ones are missing. */
  public static final int HEADER_MISMATCH = -32020;

  /** 2026-07-28: the request needs a capability that its client did not declare. */
  public static final int MISSING_REQUIRED_CLIENT_CAPABILITY = -32021;

  /** 2026-07-28: the server does not implement the requested version. */
  public static final int UNSUPPORTED_PROTOCOL_VERSION = -32022;

  /** Up to 2025-11-25: the resource does not exist. */
  public static final int LEGACY_RESOURCE_NOT_FOUND = -32002;

  /**
   * Defined by this library: the caller exceeds the rate limit. The HTTP status is also 429.
   *
   * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#error-codes">"New
   *     error codes for purposes not defined by this specification SHOULD be allocated outside the
   *     JSON-RPC reserved range (-32768 to -32000)"; in -32000 to -32019 they MUST NOT be</a>
   */
  public static final int RATE_LIMITED = 429;

  /**
   * Defined by this library: the caller lacks a required scope. The scopes are in
   * {@code data.requiredScopes}. The HTTP status is also 403.
   */
  public static final int INSUFFICIENT_SCOPE = 403;

  private ErrorCode() {}
}
