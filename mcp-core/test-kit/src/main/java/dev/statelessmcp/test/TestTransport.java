package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Connects to the server under test. Implement it for a transport of whole messages; extend
 * {@link HttpTestTransport} for HTTP. Implementations must be thread-safe.
 */
public interface TestTransport {

  /**
   * Opens a connection. Each {@link McpTestClient} opens one, with its first request.
   *
   * @param incoming receives messages that belong to no request; not null
   * @return the connection; never null
   * @throws IOException if the server cannot be reached
   */
  Connection open(Incoming incoming) throws IOException;

  /**
   * Creates a transport over two streams with one message on each line, for one connection. Closing
   * the connection closes the server's input, and waits up to 10 seconds for the end of its output.
   *
   * @param fromServer the server's output; not null
   * @param toServer the server's input; not null, closed with the connection
   * @return the transport
   */
  static TestTransport lines(InputStream fromServer, OutputStream toServer) {
    return PipeTransport.of(fromServer, toServer);
  }

  /**
   * Whether the transport is HTTP. The client then adds the HTTP headers of the protocol, and
   * cancels a modern request by disconnecting.
   *
   * @return by default false
   */
  default boolean isHttp() {
    return false;
  }

  /**
   * Whether the transport can pass a caller to the server without credentials.
   *
   * @return by default false
   */
  default boolean carriesCallers() {
    return false;
  }

  /**
   * Whether the transport can pass attributes to the server.
   *
   * @return by default false
   */
  default boolean carriesAttributes() {
    return false;
  }

  /** Receives the messages of a connection that belong to no request. */
  interface Incoming {

    /**
     * Called with a message, from any thread.
     *
     * @param message the message; not null
     */
    void received(JsonNode message);

    /**
     * Called if the connection fails, or the server sends an invalid message.
     *
     * @param why the reason; not null
     */
    void failed(String why);
  }

  /** A connection to a server. */
  interface Connection extends AutoCloseable {

    /**
     * Sends one message. May block until all messages that belong to it have arrived, and until the
     * server has ended its work; each request is sent on a separate thread.
     *
     * @param message the message; not null
     * @param receiver receives the messages that belong to it; not null
     * @throws IOException if the server cannot be reached
     * @throws InterruptedException if the thread is interrupted
     */
    void send(Outgoing message, Receiver receiver) throws IOException, InterruptedException;

    /**
     * Begins to receive changes that a legacy server sends without being asked. By default does
     * nothing, for transports that always receive them.
     *
     * @throws IOException if the server cannot be reached
     * @throws InterruptedException if the thread is interrupted
     */
    default void listen() throws IOException, InterruptedException {}

    /**
     * The log output of the server, such as the standard error of a process.
     *
     * @return by default empty; never null
     */
    default String log() {
      return "";
    }

    /** Ends the connection. */
    @Override
    void close();
  }

  /**
   * A message of the client.
   *
   * @param message the JSON-RPC message; not null
   * @param headers HTTP headers to send with it; not null
   * @param caller who sends it; not null
   * @param attributes the attributes of the call; not null
   * @param disconnection cancelled when the client goes away before the answer; not null
   */
  record Outgoing(
      JsonNode message,
      Map<String, String> headers,
      Caller caller,
      Attributes attributes,
      Cancellation disconnection) {
    /**
     * Keeps a copy of the headers.
     *
     * @param message the JSON-RPC message; not null
     * @param headers HTTP headers to send with it; not null
     * @param caller who sends it; not null
     * @param attributes the attributes of the call; not null
     * @param disconnection cancelled when the client goes away before the answer; not null
     */
    public Outgoing {
      headers = Map.copyOf(headers);
    }
  }

  /** Receives the response to one message. */
  interface Receiver {

    /** Called when later messages of the client will arrive after this message. */
    void sent();

    /**
     * Called with the HTTP status and headers, before any message.
     *
     * @param status the status code
     * @param headers the headers, by lower case name; not null
     */
    void begun(int status, Map<String, String> headers);

    /**
     * Called with content that is not a message, such as the page of a gateway.
     *
     * @param text the content; not null
     */
    void content(String text);

    /**
     * Called with each message that belongs to the one that was sent, in order.
     *
     * @param message the message; not null
     */
    void received(JsonNode message);
  }
}
