package dev.statelessmcp.http;

import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.transport.CancellationSource;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Sends the answer to one HTTP request: either {@link #send} or {@link #stream} is called, once.
 * Calls come from one thread at a time.
 */
public interface HttpReply {

  /**
   * Sends a complete answer. An implementation may send it later, and then must not throw.
   *
   * @param status the status code
   * @param headers the header fields, {@code Content-Type} among them if there is content; not null
   * @param body the content; empty for none, never null
   * @throws IOException if the client has disconnected
   */
  void send(int status, HttpHeaders headers, byte[] body) throws IOException;

  /**
   * Called before the answer is sent if a rule of HTTP refuses the request, for logs. Does nothing
   * by default.
   *
   * @param why the error that the client gets, which may quote what the client sent; not null
   */
  default void refused(JsonRpcError why) {}

  /**
   * Begins an answer that is sent in pieces. An implementation that cannot stream buffers them.
   *
   * @param status the status code
   * @param headers the header fields; not null
   * @return the stream of the pieces
   * @throws IOException if the client has disconnected
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
   * @return false if pieces are buffered until the end
   */
  default boolean isLive() {
    return false;
  }

  /**
   * Cancelled when the server is about to stop, so that long-lived answers end in order.
   *
   * @return never null
   */
  default Cancellation ending() {
    return new CancellationSource();
  }

  /**
   * The time by which the request must be answered.
   *
   * @return the deadline, if there is one
   */
  default Optional<Instant> deadline() {
    return Optional.empty();
  }

  /**
   * Cancelled when the request has timed out. The request is then answered with an error, on the
   * thread that cancels; its handler is interrupted, and nothing more is sent for it.
   *
   * @return never null
   */
  default Cancellation expiry() {
    return new CancellationSource();
  }

  /**
   * The time limit that {@link #expiry} reports, for the error that the client gets.
   *
   * @return the limit and its setting, to follow "the call took longer than"; by default {@code its
   *     time limit}; never null
   */
  default String timeLimit() {
    return "its time limit";
  }

  /**
   * Runs an action periodically while the request is being served, to detect that the client has
   * disconnected. An implementation that cannot detect it does nothing. Not called if
   * {@link #isLive} is false.
   *
   * @param beat the action; it may block for as long as a write to the client
   * @return ends the repetition when closed
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
     * @throws IOException if the client has disconnected
     */
    void write(byte[] bytes) throws IOException;

    /**
     * Ends the answer.
     *
     * @throws IOException if the client has disconnected
     */
    void close() throws IOException;

    /**
     * Sends the last piece and ends the answer. An implementation may do so later, and then must
     * not throw.
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
