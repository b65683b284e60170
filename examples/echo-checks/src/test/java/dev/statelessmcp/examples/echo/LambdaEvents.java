package dev.statelessmcp.examples.echo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Events as the services create them for a POST, with only the members that a function needs. */
final class LambdaEvents {

  private LambdaEvents() {}

  /** A call of a tool, in the legacy era. */
  static String call(String tool, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\",\"arguments\":"
        + arguments
        + "}}";
  }

  private static ObjectNode headers(ObjectNode event, String modernTool) {
    ObjectNode headers = event.putObject("headers");
    headers.put("host", "abc.example.com").put("content-type", "application/json");
    headers.put("accept", "application/json, text/event-stream");
    if (modernTool != null) {
      headers.put("mcp-protocol-version", "2026-07-28");
      headers.put("mcp-method", "tools/call").put("mcp-name", modernTool);
    }
    return event;
  }

  /** An event of a REST API with the stage dev; the tool is null for legacy requests. */
  static ObjectNode rest(String body, String modernTool) {
    ObjectNode event = headers(Json.object().put("resource", "/echo/mcp"), modernTool);
    event.put("path", "/echo/mcp").put("httpMethod", "POST");
    event.putObject("requestContext").put("stage", "dev").put("path", "/dev/echo/mcp");
    return event.put("body", body).put("isBase64Encoded", false);
  }

  static ObjectNode httpApi(String body, String modernTool) {
    ObjectNode event = headers(Json.object().put("version", "2.0"), modernTool);
    event.put("rawPath", "/dev/echo/mcp/");
    event.putObject("requestContext").put("stage", "dev").putObject("http").put("method", "POST");
    return event.put("body", body).put("isBase64Encoded", false);
  }

  static ObjectNode url(String body, String modernTool) {
    ObjectNode event = httpApi(body, modernTool).put("rawPath", "/echo/mcp");
    event
        .withObjectProperty("requestContext")
        .put("stage", "$default")
        .put("domainName", "abc.lambda-url.example");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return event
        .put("body", Base64.getEncoder().encodeToString(bytes))
        .put("isBase64Encoded", true);
  }

  static ObjectNode alb(String body, String modernTool) {
    ObjectNode event = headers(Json.object().put("path", "/echo/mcp"), modernTool);
    event.put("httpMethod", "POST").putObject("requestContext").putObject("elb");
    return event.put("body", body).put("isBase64Encoded", false);
  }

  static ObjectNode lattice(String body, String modernTool) {
    ObjectNode event = Json.object().put("version", "2.0").put("path", "/echo/mcp");
    event.put("method", "POST");
    ObjectNode headers = event.putObject("headers");
    headers(Json.object(), modernTool)
        .get("headers")
        .properties()
        .forEach(field -> headers.putArray(field.getKey()).add(field.getValue()));
    event.putObject("requestContext").put("serviceArn", "arn:example");
    return event.put("body", body).put("isBase64Encoded", false);
  }
}
