package dev.statelessmcp.examples.benchmarks.bare;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The practical lower limit with Jackson: reads the event and its JSON-RPC request as trees, and
 * writes both answers from trees. It treats every request as a call of the echo tool, checks
 * nothing, and does not warm up in its constructor.
 */
public final class TreeLambda implements RequestStreamHandler {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonTree json = new JsonTree();

  /** Called by Lambda. */
  public TreeLambda() {}

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    JsonNode event = json.read(in);
    JsonNode request = json.read(event.path("body").textValue());

    ObjectNode answer = NODES.objectNode();
    answer.put("statusCode", 200);
    answer.putObject("headers").put("content-type", "application/json");
    answer.put("body", json.text(response(request)));
    answer.put("isBase64Encoded", false);
    json.write(answer, out);
  }

  private static ObjectNode response(JsonNode request) {
    String message = request.path("params").path("arguments").path("message").textValue();
    ObjectNode response = NODES.objectNode();
    response.put("jsonrpc", "2.0");
    response.set("id", request.path("id"));
    ObjectNode result = response.putObject("result");
    result.putArray("content").addObject().put("type", "text").put("text", "Echo: " + message);
    result.put("isError", false);
    return response;
  }
}
