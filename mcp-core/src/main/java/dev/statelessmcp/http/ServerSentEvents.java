package dev.statelessmcp.http;

import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The wire format of an event stream. */
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

  /** The JSON has no line breaks, so one data line holds a whole message. */
  static byte[] event(byte[] json) {
    byte[] event = Arrays.copyOf(EVENT_START, EVENT_START.length + json.length + EVENT_END.length);
    System.arraycopy(json, 0, event, EVENT_START.length, json.length);
    System.arraycopy(EVENT_END, 0, event, EVENT_START.length + json.length, EVENT_END.length);
    return event;
  }

  static void addHeaders(HttpHeaders.Builder headers) {
    headers.add("Content-Type", MediaTypes.EVENT_STREAM);
    headers.add("Cache-Control", "no-cache");
    // "servers SHOULD include the X-Accel-Buffering: no header"
    headers.add("X-Accel-Buffering", "no");
  }
}
