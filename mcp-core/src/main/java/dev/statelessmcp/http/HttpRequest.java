package dev.statelessmcp.http;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.jsonrpc.RequestId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, as far as MCP looks at it.
 *
 * @param method the method in upper case, such as {@code POST}; not null
 * @param path the path as the endpoint is to see it, without query, host, stage or mount; not null
 * @param headers the header fields; not null
 * @param body read at most once, and only if the request passed every check before it; not null
 * @param attributes what else the server knows, for the authenticator and the handlers; not null
 */
public record HttpRequest(
    String method, String path, HttpHeaders headers, Body body, Attributes attributes) {

  /**
   * A request of which nothing more is known.
   *
   * @param method the method in upper case, such as {@code POST}; not null
   * @param path the path as the endpoint is to see it; not null
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
     * Reads it all.
     *
     * @param maxBytes how much is wanted at most
     * @return the bytes; null if there are more than that, of which no more than needed to know it
     *     should have been read
     * @throws IOException if the client did not send it all
     */
    byte @Nullable [] read(int maxBytes) throws IOException;

    /**
     * Of content that is too large, the id of the response that it is. A server with sessions looks
     * for it, so that the call that waits for this response ends with an error at once, and not
     * when its time is over.
     *
     * @return as a {@link dev.statelessmcp.jsonrpc.ResponseScan} has found it; null (the default)
     *     if it is not known, or the content is not a response
     */
    default @Nullable RequestId answeredQuestion() {
      return null;
    }

    /**
     * Content that is in memory already.
     *
     * @param bytes the bytes; not null
     * @return the body
     */
    static Body of(byte[] bytes) {
      return new InMemory(bytes);
    }
  }
  /** Content that needs no reading. */
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
