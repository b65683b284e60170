package dev.statelessmcp.http;

import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.transport.Caller;
import dev.statelessmcp.transport.Cancellation;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One request being served over HTTP: JSON until something must be sent before the answer, an event
 * stream from then on.
 */
final class ReplyExchange implements Exchange {
  private static final byte[] COMMENT = ascii(":\n\n");
  private static final byte[] EVENT_START = ascii("event: message\ndata: ");
  private static final byte[] EVENT_END = ascii("\n\n");

  private final HttpRequest request;
  private final HttpReply reply;
  private final Caller caller;
  private final LegacyClient client;
  private final Era era;
  private final boolean takesJson;
  private final boolean takesEvents;
  private final Cancellation cancellation = new Cancellation();

  // Guarded by this
  private HttpReply.Stream stream;
  private boolean done;

  ReplyExchange(HttpRequest request, HttpReply reply, Caller caller, LegacyClient client, Era era) {
    String accept = request.headers().get("Accept");
    this.request = request;
    this.reply = reply;
    this.caller = caller;
    this.client = client;
    this.era = era;
    this.takesJson = MediaTypes.accepts(accept, MediaTypes.JSON);
    this.takesEvents = MediaTypes.accepts(accept, MediaTypes.EVENT_STREAM);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public LegacyClient legacyClient() {
    return client;
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public Map<String, List<String>> headers() {
    return request.headers().asMap();
  }

  @Override
  public void send(JsonRpcMessage.Notification notification) {
    byte[] event = event(JsonRpcCodec.write(notification));
    boolean gone;
    synchronized (this) {
      gone = !done && takesEvents && !write(event);
    }
    noticed(gone);
  }

  /**
   * Shows a modern client that waits in silence that somebody is there, and finds out whether it
   * is. "The server MUST treat a client disconnect as cancellation of that request", but a server
   * is not told of one before it writes.
   */
  void beat() {
    boolean gone;
    synchronized (this) {
      gone = !done && takesEvents && era == Era.MODERN && !write(COMMENT);
    }
    noticed(gone);
  }

  /**
   * Never under the lock: what is done on a cancellation may wait for a handler that waits for it.
   * A legacy disconnect "SHOULD NOT be interpreted as the client cancelling its request".
   */
  private void noticed(boolean gone) {
    if (gone && era == Era.MODERN) {
      cancellation.cancel();
    }
  }

  /** Sends the answer, the last thing that is sent. */
  void finish(int status, JsonRpcMessage.Response response) throws IOException {
    finish(status, JsonRpcCodec.write(response));
  }

  /** Sends the answer as JSON, the last thing that is sent. */
  synchronized void finish(int status, byte[] body) throws IOException {
    if (done) {
      return; // the client is gone
    }
    if (stream == null && (takesJson || status != 200)) { // a stream has no status but 200
      done = true;
      reply.send(status, responseHeaders(MediaTypes.JSON), body);
    } else if (write(event(body))) {
      done = true;
      stream.close();
    }
  }

  HttpHeaders responseHeaders(String contentType) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    headers.add("Content-Type", contentType);
    if (contentType.equals(MediaTypes.EVENT_STREAM)) {
      headers.add("Cache-Control", "no-cache");
      // "servers SHOULD include the X-Accel-Buffering: no header"
      headers.add("X-Accel-Buffering", "no");
    }
    Cors.addTo(headers, request);
    return headers.build();
  }

  /** Says whether the client is still there. */
  private boolean write(byte[] bytes) {
    try {
      if (stream == null) {
        stream = reply.stream(200, responseHeaders(MediaTypes.EVENT_STREAM));
      }
      stream.write(bytes);
      return true;
    } catch (IOException e) {
      done = true;
      return false;
    }
  }

  /** JSON has no line breaks of its own here, so one data line holds a whole message. */
  private static byte[] event(byte[] json) {
    ByteArrayOutputStream event = new ByteArrayOutputStream(json.length + 32);
    event.writeBytes(EVENT_START);
    event.writeBytes(json);
    event.writeBytes(EVENT_END);
    return event.toByteArray();
  }
}
