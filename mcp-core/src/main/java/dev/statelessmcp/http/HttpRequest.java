package dev.statelessmcp.http;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.jsonrpc.RequestId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request for an MCP endpoint.
 *
 * @param method the method in upper case, such as {@code POST}; not null
 * @param path the path, without host, query, stage and mount path; not null
 * @param headers the header fields; not null
 * @param body the content, read at most once, and only if all earlier checks pass; not null
 * @param attributes further attributes, for the authenticator and the handlers; not null
 */
public record HttpRequest(
    String method, String path, HttpHeaders headers, Body body, Attributes attributes) {

  /**
   * Creates a request without attributes.
   *
   * @param method the method in upper case, such as {@code POST}; not null
   * @param path the path, without host, query, stage and mount path; not null
   * @param headers the header fields; not null
   * @param body the content; not null
   */
  public HttpRequest(String method, String path, HttpHeaders headers, Body body) {
    this(method, path, headers, body, Attributes.NONE);
  }

  /** The content of a request. */
  @FunctionalInterface
  public interface Body {

    /**
     * Reads the whole content.
     *
     * @param maxBytes the maximum number of bytes
     * @return the bytes; null if there are more. An implementation should not read more than needed
     *     to know that
     * @throws IOException if the client did not send all of it
     */
    byte @Nullable [] read(int maxBytes) throws IOException;

    /**
     * The id of a response that is too large. An endpoint with sessions uses it to end the call
     * that waits for this response immediately with an error.
     *
     * @return the id that a {@link dev.statelessmcp.jsonrpc.ResponseScan} has found; null (the
     *     default) if it is not known, or the content is not a response
     */
    default @Nullable RequestId answeredQuestion() {
      return null;
    }

    /**
     * Creates a body from bytes in memory.
     *
     * @param bytes the bytes; not null
     * @return the body
     */
    static Body of(byte[] bytes) {
      return new InMemory(bytes);
    }
  }
  /** Content in memory. */
  private static final class InMemory implements Body {
    private final byte[] bytes;

    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public byte @Nullable [] read(int maxBytes) {
      return bytes.length > maxBytes ? null : bytes;
    }
  }
}
