package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.transport.CancellationSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A transport over HTTP. It implements the client side of Streamable HTTP: media types, event
 * streams and legacy sessions. A subclass only sends the HTTP requests.
 */
public abstract class HttpTestTransport implements TestTransport {
  private static final String SESSION = "Mcp-Session-Id";
  private static final long LISTEN_SECONDS = 20;

  /** Creates a transport. */
  protected HttpTestTransport() {}

  @Override
  public final boolean isHttp() {
    return true;
  }

  /**
   * Sends an HTTP request, and passes the response to the reply as it arrives. Returns when it is
   * complete, or the client has disconnected.
   *
   * @param request the request; not null
   * @param reply receives the response; not null
   * @throws IOException if the server cannot be reached, or the connection breaks
   * @throws InterruptedException if the thread is interrupted
   */
  protected abstract void send(Request request, Reply reply)
      throws IOException, InterruptedException;

  /**
   * An HTTP request of the client.
   *
   * @param method {@code POST}, {@code GET} or {@code DELETE}; not null
   * @param headers the headers; not null
   * @param body the content; empty for none, never null
   * @param message the message with its caller, attributes and cancellation; not null
   */
  protected record Request(
      String method, Map<String, String> headers, String body, Outgoing message) {
    /**
     * Keeps a copy of the headers.
     *
     * @param method {@code POST}, {@code GET} or {@code DELETE}; not null
     * @param headers the headers; not null
     * @param body the content; empty for none, never null
     * @param message the message; not null
     */
    public Request {
      headers = Map.copyOf(headers);
    }
  }

  /** Receives an HTTP response. */
  protected static final class Reply {
    private final Receiver receiver;
    private final Consumer<Map<String, String>> headersSeen;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private @Nullable EventReader events; // null unless the response is an event stream
    private String type = "";
    private boolean succeeded;

    private Reply(Receiver receiver, Consumer<Map<String, String>> headersSeen) {
      this.receiver = receiver;
      this.headersSeen = headersSeen;
    }

    /**
     * Receives the status and headers.
     *
     * @param status the status code
     * @param headers the headers, in any case; not null
     */
    public void begin(int status, Map<String, String> headers) {
      Map<String, String> lower = new TreeMap<>();
      headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
      type = lower.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
      if (type.startsWith("text/event-stream")) {
        events = new EventReader(receiver::received);
      }
      succeeded = status < 300;
      headersSeen.accept(lower);
      receiver.begun(status, lower);
    }

    /**
     * Receives a piece of the content.
     *
     * @param piece the array with the bytes; not null
     * @param length the number of bytes
     */
    public void write(byte[] piece, int length) {
      if (events != null) {
        events.read(piece, length);
      } else {
        whole.write(piece, 0, length);
      }
    }

    private void end() {
      String text = whole.toString(StandardCharsets.UTF_8);
      JsonNode json =
          type.startsWith("application/json") && !text.isEmpty() ? Json.parse(text) : null;
      if (json != null && (succeeded || json.has("jsonrpc"))) {
        receiver.received(json);
      } else if (!text.isEmpty()) {
        receiver.content(text);
      }
    }
  }

  @Override
  public final Connection open(Incoming incoming) {
    return new HttpConnection(incoming);
  }

  /** The state of a client between requests: a legacy session. */
  private final class HttpConnection implements Connection {
    private final Incoming incoming;
    private final CancellationSource closed = new CancellationSource();
    private volatile @Nullable String session; // null until there is one
    private volatile @Nullable Outgoing last; // null before the first

    HttpConnection(Incoming incoming) {
      this.incoming = incoming;
    }

    @Override
    public void send(Outgoing message, Receiver receiver) throws IOException, InterruptedException {
      last = message;
      receiver.sent();
      Map<String, String> headers = headers(message);
      headers.putIfAbsent("Content-Type", "application/json");
      headers.putIfAbsent("Accept", "application/json, text/event-stream");
      Reply reply = new Reply(receiver, this::remember);
      HttpTestTransport.this.send(
          new Request("POST", headers, Json.text(message.message()), message), reply);
      reply.end();
    }

    private Map<String, String> headers(Outgoing message) {
      Map<String, String> headers = new LinkedHashMap<>(message.headers());
      if (session != null) {
        headers.put(SESSION, session);
      }
      return headers;
    }

    private void remember(Map<String, String> headers) {
      String id = headers.get(SESSION.toLowerCase(Locale.ROOT));
      if (id != null) {
        session = id;
      }
    }

    /** Opens the stream of a legacy session. */
    @Override
    public void listen() throws IOException, InterruptedException {
      if (session == null) {
        throw new IOException("the server has no sessions; without one a client of the legacy"
            + " era gets no changes over HTTP");
      }
      CountDownLatch begun = new CountDownLatch(1);
      Thread thread = new Thread(() -> read(begun), "mcp-test stream");
      thread.setDaemon(true);
      thread.start();
      if (!begun.await(LISTEN_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the stream of the session did not begin");
      }
    }

    private void read(CountDownLatch begun) {
      Outgoing before = last;
      if (before == null) {
        throw new IllegalStateException("nothing has been sent");
      }
      Map<String, String> headers = headers(before);
      headers.put("Accept", "text/event-stream");
      headers.keySet().removeIf(name -> name.equalsIgnoreCase("Mcp-Method"));
      Outgoing nothing =
          new Outgoing(before.message(), headers, before.caller(), before.attributes(), closed);
      try {
        HttpTestTransport.this.send(
            new Request("GET", headers, "", nothing),
            new Reply(new Listener(begun, incoming), seen -> {}));
      } catch (IOException e) {
        begun.countDown(); // closed by the client, or the server has stopped
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      closed.cancel();
      Outgoing before = last;
      if (session != null && before != null) {
        try {
          HttpTestTransport.this.send(
              new Request("DELETE", headers(before), "", before),
              new Reply(new Listener(new CountDownLatch(1), incoming), seen -> {}));
        } catch (IOException e) {
          // The server has already stopped
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private record Listener(CountDownLatch begun, Incoming incoming) implements Receiver {
    @Override
    public void sent() {}

    @Override
    public void begun(int status, Map<String, String> headers) {
      begun.countDown();
    }

    @Override
    public void content(String text) {}

    @Override
    public void received(JsonNode message) {
      incoming.received(message);
    }
  }
}
