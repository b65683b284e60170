package dev.statelessmcp.http;

import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.transport.CancellationSource;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the answer to one HTTP request goes: either {@link #send} or {@link #stream} is called,
 * once. Calls come from one thread at a time.
 */
public interface HttpReply {

  /**
   * Sends a whole answer. A server may do so later, and then throws nothing.
   *
   * @param status the status code
   * @param headers the header fields, {@code Content-Type} among them if there is content; not null
   * @param body the content; empty for none, never null
   * @throws IOException if the client is gone
   */
  void send(int status, HttpHeaders headers, byte[] body) throws IOException;

  /**
   * Called before the answer is sent when a rule of HTTP refuses the request, for logs. Does
   * nothing by default.
   *
   * @param why the error that the client gets, which may quote what the client sent; not null
   */
  default void refused(JsonRpcError why) {}

  /**
   * Begins an answer that is sent in pieces. A server that cannot stream collects them.
   *
   * @param status the status code
   * @param headers the header fields; not null
   * @return takes the pieces
   * @throws IOException if the client is gone
   */
  Stream stream(int status, HttpHeaders headers) throws IOException;

  /**
   * The name of the transport, for interceptors.
   *
   * @return by default {@code http}
   */
  default String transport() {
    return "http";
  }

  /**
   * Whether a piece reaches the client when it is written.
   *
   * @return false where pieces are collected until the end
   */
  default boolean isLive() {
    return false;
  }

  /**
   * Cancelled when the server is about to end, so that answers which last long end in order.
   *
   * @return never null
   */
  default Cancellation ending() {
    return new CancellationSource();
  }

  /**
   * When the answer must be there.
   *
   * @return the deadline, if there is one
   */
  default Optional<Instant> deadline() {
    return Optional.empty();
  }

  /**
   * Cancelled when the answer must be there and is not. The request is answered with an error then,
   * on the thread that cancels, its handler is interrupted, and nothing more is sent for it.
   *
   * @return never null
   */
  default Cancellation expiry() {
    return new CancellationSource();
  }

  /**
   * What {@link #expiry} reports the end of, for the error that the client gets.
   *
   * @return the limit and its setting, to follow "the call took longer than"; by default {@code it
   *     may}; never null
   */
  default String timeLimit() {
    return "it may";
  }

  /**
   * Has something done again and again while the request is being served, by which a client that
   * went away is noticed. A server that cannot notice it does nothing; one that collects what is
   * written is not asked.
   *
   * @param beat what to do; it does not block for longer than a write to the client does
   * @return ends it when closed
   */
  default Registration every(Runnable beat) {
    return () -> {};
  }

  /** The pieces of an answer. */
  interface Stream {

    /**
     * Sends a piece to the client at once.
     *
     * @param bytes the piece; not null
     * @throws IOException if the client is gone
     */
    void write(byte[] bytes) throws IOException;

    /**
     * Ends the answer.
     *
     * @throws IOException if the client is gone
     */
    void close() throws IOException;

    /**
     * Sends the last piece and ends the answer. A server may do so later, and then throws nothing.
     *
     * @param last the piece; not null
     * @throws IOException if the client is gone
     */
    default void end(byte[] last) throws IOException {
      write(last);
      close();
    }
  }
}
