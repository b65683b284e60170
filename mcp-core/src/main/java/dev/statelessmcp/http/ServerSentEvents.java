package dev.statelessmcp.http;

import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What an event stream looks like on the wire. */
final class ServerSentEvents {
  private static final byte[] COMMENT = ascii(":\n\n");
  private static final byte[] EVENT_START = ascii("event: message\ndata: ");
  private static final byte[] EVENT_END = ascii("\n\n");

  private ServerSentEvents() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A comment, which clients ignore: it keeps the connection open. */
  static byte[] comment() {
    return COMMENT.clone();
  }

  static byte[] event(JsonRpcMessage message) {
    return event(JsonRpcCodec.write(message));
  }

  /** JSON has no line breaks of its own here, so one data line holds a whole message. */
  static byte[] event(byte[] json) {
    ByteArrayOutputStream event = new ByteArrayOutputStream(json.length + 32);
    event.writeBytes(EVENT_START);
    event.writeBytes(json);
    event.writeBytes(EVENT_END);
    return event.toByteArray();
  }

  static void addHeaders(HttpHeaders.Builder headers) {
    headers.add("Content-Type", MediaTypes.EVENT_STREAM);
    headers.add("Cache-Control", "no-cache");
    // "servers SHOULD include the X-Accel-Buffering: no header"
    headers.add("X-Accel-Buffering", "no");
  }
}
