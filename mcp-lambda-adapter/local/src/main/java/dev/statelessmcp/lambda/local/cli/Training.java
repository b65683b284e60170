package dev.statelessmcp.lambda.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.statelessmcp.lambda.local.event.ClientRequest;
import dev.statelessmcp.lambda.local.event.EventFormat;
import dev.statelessmcp.lambda.local.http.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first requests of clients of both eras of MCP, as events of one sender. */
final class Training {
  private static final String LEGACY = "2025-11-25";
  private static final String MODERN = "2026-07-28";
  private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
      + MODERN
      + "\",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"training\",\"version\":\"1\"},"
      + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  private final EventFormat format;
  private final String path;
  private final List<byte[]> events = new ArrayList<>();

  private Training(EventFormat format, String path) {
    this.format = format;
    this.path = path;
  }

  /**
   * Creates the events.
   *
   * @param path the path of the endpoint, without a stage
   * @param tool the tool to call; null for none, because a tool may have side effects
   * @param arguments its arguments, a JSON object
   */
  static List<byte[]> events(
      EventFormat format, String path, @Nullable String tool, String arguments) {
    Training training = new Training(format, path);
    training.legacy(
        "initialize",
        "\"protocolVersion\":\"" + LEGACY
            + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"training\",\"version\":\"1\"}");
    training.modern("server/discover", null, META);
    training.legacy("tools/list", "");
    training.modern("tools/list", null, META);
    if (tool != null) {
      String call = "\"name\":\"" + tool + "\",\"arguments\":" + arguments;
      training.legacy("tools/call", call);
      training.modern("tools/call", tool, call + "," + META);
    }
    return training.events;
  }

  private void legacy(String method, String params) {
    List<Header> headers = new ArrayList<>();
    if (!method.equals("initialize")) {
      headers.add(new Header("MCP-Protocol-Version", LEGACY));
    }
    add(method, params, headers);
  }

  private void modern(String method, @Nullable String name, String params) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("MCP-Protocol-Version", MODERN));
    headers.add(new Header("Mcp-Method", method));
    if (name != null) {
      headers.add(new Header("Mcp-Name", name));
    }
    add(method, params, headers);
  }

  private void add(String method, String params, List<Header> headers) {
    byte[] body = ("{\"jsonrpc\":\"2.0\",\"id\":" + events.size() + ",\"method\":\"" + method
            + "\",\"params\":{" + params + "}}")
        .getBytes(UTF_8);
    headers.add(new Header("Host", "localhost"));
    headers.add(new Header("Content-Type", "application/json"));
    headers.add(new Header("Accept", "application/json, text/event-stream"));
    headers.add(new Header("Content-Length", Integer.toString(body.length)));
    events.add(format.event(new ClientRequest(
        "POST",
        format.pathPrefix() + path,
        null,
        "HTTP/1.1",
        headers,
        400,
        body,
        "127.0.0.1",
        443)));
  }
}
