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
 * Leads to the server under test. Implement it for a transport that carries whole messages; extend
 * {@link HttpTestTransport} for one that carries HTTP requests. Implementations must be safe from
 * any number of threads.
 */
public interface TestTransport {

  /**
   * Opens a connection. Each {@link McpTestClient} opens one, with its first request.
   *
   * @param incoming takes what belongs to no request in particular; not null
   * @return the connection; never null
   * @throws IOException if the server cannot be reached
   */
  Connection open(Incoming incoming) throws IOException;

  /**
   * A transport over two streams with one message on each line. The streams serve one connection.
   * Its end closes what the server reads, and waits up to 10 seconds for the end of what it writes.
   *
   * @param fromServer what the server writes; not null
   * @param toServer what the server reads; not null, closed with the connection
   * @return the transport
   */
  static TestTransport lines(InputStream fromServer, OutputStream toServer) {
    return PipeTransport.of(fromServer, toServer);
  }

  /**
   * Whether messages travel in HTTP requests. The client adds the HTTP headers of the protocol
   * then, and cancels a modern request by disconnecting.
   *
   * @return by default false
   */
  default boolean isHttp() {
    return false;
  }

  /**
   * Whether the transport hands the server a caller who sends no credentials.
   *
   * @return by default false
   */
  default boolean carriesCallers() {
    return false;
  }

  /**
   * Whether the transport hands the server attributes.
   *
   * @return by default false
   */
  default boolean carriesAttributes() {
    return false;
  }

  /** Takes what comes on a connection and belongs to no request in particular. */
  interface Incoming {

    /**
     * Called with a message, from any thread.
     *
     * @param message the message; not null
     */
    void received(JsonNode message);

    /**
     * Called when the connection broke, or what came is not a message.
     *
     * @param why what happened; not null
     */
    void failed(String why);
  }

  /** A connection to a server. */
  interface Connection extends AutoCloseable {

    /**
     * Sends one message. May block until everything that belongs to the message has come, and until
     * the server has ended its work; each request is sent on a thread of its own.
     *
     * @param message what to send; not null
     * @param receiver takes what belongs to the message; not null
     * @throws IOException if the server cannot be reached
     * @throws InterruptedException if the thread is interrupted
     */
    void send(Outgoing message, Receiver receiver) throws IOException, InterruptedException;

    /**
     * Begins to receive changes that a legacy server sends without being asked. By default does
     * nothing, as is right where they come anyway.
     *
     * @throws IOException if the server cannot be reached
     * @throws InterruptedException if the thread is interrupted
     */
    default void listen() throws IOException, InterruptedException {}

    /**
     * What the server wrote beside the protocol, such as the standard error of a process.
     *
     * @return by default the empty text; never null
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
   * @param attributes what handlers find in their call beside the protocol; not null
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
     * @param attributes what handlers find in their call beside the protocol; not null
     * @param disconnection cancelled when the client goes away before the answer; not null
     */
    public Outgoing {
      headers = Map.copyOf(headers);
    }
  }

  /** Takes what comes back for one message. */
  interface Receiver {

    /** Called when whatever the client sends from now on arrives after this message. */
    void sent();

    /**
     * Called with the HTTP status and headers, before any message.
     *
     * @param status the status code
     * @param headers the headers, by lower case name; not null
     */
    void begun(int status, Map<String, String> headers);

    /**
     * Called with content that is no message, such as the page of a gateway.
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
