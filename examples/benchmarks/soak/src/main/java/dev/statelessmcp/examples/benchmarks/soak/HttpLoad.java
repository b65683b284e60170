package dev.statelessmcp.examples.benchmarks.soak;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A client over HTTP. */
final class HttpLoad implements Load {
  private static final String LEGACY = "MCP-Protocol-Version: 2025-11-25\r\n";
  private static final String ECHO = Messages.tool("echo", "\"text\":\"soak\"");

  private final int port;

  HttpLoad(int port) {
    this.port = port;
  }

  @Override
  public void step(Random random) throws Exception {
    switch (random.nextInt(16)) {
      case 0, 1 -> expect(200, "soak", call(ECHO));
      case 2 -> expect(200, "soak", legacy("", Messages.request("1", "tools/call", ECHO)));
      case 3 -> expect(400, "-32700", HttpExchange.post("", "{\"jsonrpc\":"));
      case 4 -> expect(404, "-32601", modern("no/such", null, ""));
      case 5 -> expect(200, "-32603", call(Messages.tool("throws", "")));
      case 6 -> expect(400, "-32020", call(ECHO).replace("Mcp-Name: echo", "Mcp-Name: other"));
      case 7 -> readSlowly();
      case 8 -> leave(Messages.tool("large", ""), random.nextInt(50));
      case 9 -> leave(Messages.tool("wait", ""), random.nextInt(400));
      case 10 -> leaveInTheMiddle();
      case 11 -> sendSlowly();
      case 12 -> listen(random);
      case 13 -> session();
      case 14 -> expect(200, "protocolVersion", HttpExchange.post("", Messages.initialize("1")));
      default -> ask();
    }
  }

  private static String modern(String method, String name, String params) {
    String headers = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: " + method + "\r\n"
        + (name == null ? "" : "Mcp-Name: " + name + "\r\n");
    return HttpExchange.post(headers, Messages.modern("1", method, params));
  }

  private static String call(String params) {
    String name = params.substring("\"name\":\"".length(), params.indexOf("\",\"arguments\""));
    return modern("tools/call", name, params);
  }

  private static String legacy(String headers, String body) {
    return HttpExchange.post(LEGACY + headers, body);
  }

  private String expect(int status, String part, String request) throws IOException {
    try (HttpExchange http = new HttpExchange(port)) {
      http.send(request);
      String answer = http.rest();
      Load.check(HttpExchange.status(answer) == status && answer.contains(part), answer);
      return answer;
    }
  }

  private void readSlowly() throws Exception {
    try (HttpExchange http = new HttpExchange(port)) {
      http.send(call(Messages.tool("large", "")));
      String answer = http.slowly(200_000, 20);
      Load.check(
          HttpExchange.status(answer) == 200 && answer.length() > 1 << 20, "incomplete answer");
    }
  }

  private void leave(String params, int afterMillis) throws Exception {
    try (HttpExchange http = new HttpExchange(port)) {
      http.send(call(params));
      TimeUnit.MILLISECONDS.sleep(afterMillis);
      http.reset();
    }
  }

  private void leaveInTheMiddle() throws Exception {
    try (HttpExchange http = new HttpExchange(port)) {
      String request = call(ECHO);
      http.send(request.substring(0, request.length() - 40));
      TimeUnit.MILLISECONDS.sleep(20);
      http.reset();
    }
  }

  private void sendSlowly() throws Exception {
    try (HttpExchange http = new HttpExchange(port)) {
      String request = call(ECHO);
      for (int start = 0; start < request.length(); start += 100) {
        http.send(request.substring(start, Math.min(request.length(), start + 100)));
        TimeUnit.MILLISECONDS.sleep(20);
      }
      Load.check(http.rest().contains("soak"), "no answer to a slow request");
    }
  }

  private void listen(Random random) throws Exception {
    try (HttpExchange http = new HttpExchange(port)) {
      http.send(modern("subscriptions/listen", null, Messages.LISTEN));
      http.until("subscriptions/acknowledged");
      expect(200, "touched", call(Messages.tool("touch", "")));
      http.until("notifications/resources/updated");
      TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
      if (random.nextBoolean()) {
        http.reset();
      }
    }
  }

  /** A session with a stream and a call that is cancelled. */
  private void session() throws Exception {
    String answer = expect(200, "result", HttpExchange.post("", Messages.initialize("1")));
    String name = "mcp-session-id: ";
    int at = answer.toLowerCase(Locale.ROOT).indexOf(name);
    String id = answer.substring(at + name.length(), answer.indexOf("\r\n", at));
    String headers = LEGACY + "Mcp-Session-Id: " + id + "\r\n";
    try (HttpExchange stream = new HttpExchange(port);
        HttpExchange http = new HttpExchange(port)) {
      stream.send(HttpExchange.text("GET", headers, ""));
      stream.until("\r\n\r\n");
      String call = Messages.request(
          "7", "tools/call", Messages.tool("wait", "") + ",\"_meta\":{\"progressToken\":7}");
      http.send(HttpExchange.post(headers, call));
      http.until("notifications/progress");
      String cancelled = Messages.notification("notifications/cancelled", "\"requestId\":\"7\"");
      expect(202, "", HttpExchange.post(headers, cancelled));
      http.rest();
      expect(204, "", HttpExchange.text("DELETE", headers, ""));
    }
  }

  /** A question, which is not answered half of the time. */
  private void ask() throws Exception {
    String asked = expect(200, "input_required", call(Messages.tool("ask", "")));
    String name = "\"requestState\":\"";
    int at = asked.indexOf(name);
    String state = at < 0 ? "" : asked.substring(at, asked.indexOf('"', at + name.length()) + 1);
    String answers =
        "\"inputResponses\":{\"name\":{\"action\":\"accept\",\"content\":{\"name\":\"soak\"}}}";
    String more = state.isEmpty() ? answers : answers + "," + state;
    expect(200, "soak", call(Messages.tool("ask", "") + "," + more));
  }

  @Override
  public Usage measure() throws IOException {
    return Usage.parse(Messages.text(expect(200, "text", call(Messages.tool("measure", "")))));
  }

  @Override
  public void close() {
    // Each step has a separate connection
  }
}
