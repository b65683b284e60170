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

  private static ObjectNode headers(ObjectNode event) {
    ObjectNode headers = event.putObject("headers");
    headers.put("host", "abc.example.com").put("content-type", "application/json");
    headers.put("accept", "application/json, text/event-stream");
    return event;
  }

  /** An event of a REST API with the stage dev. */
  static ObjectNode rest(String body) {
    ObjectNode event = headers(Json.object().put("resource", "/echo/mcp"));
    event.put("path", "/echo/mcp").put("httpMethod", "POST");
    event.putObject("requestContext").put("stage", "dev").put("path", "/dev/echo/mcp");
    return event.put("body", body).put("isBase64Encoded", false);
  }

  static ObjectNode httpApi(String body) {
    ObjectNode event = headers(Json.object().put("version", "2.0"));
    event.put("rawPath", "/dev/echo/mcp/");
    event.putObject("requestContext").put("stage", "dev").putObject("http").put("method", "POST");
    return event.put("body", body).put("isBase64Encoded", false);
  }

  static ObjectNode url(String body) {
    ObjectNode event = httpApi(body).put("rawPath", "/echo/mcp");
    event
        .withObjectProperty("requestContext")
        .put("stage", "$default")
        .put("domainName", "abc.lambda-url.example");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return event
        .put("body", Base64.getEncoder().encodeToString(bytes))
        .put("isBase64Encoded", true);
  }

  static ObjectNode alb(String body) {
    ObjectNode event = headers(Json.object().put("path", "/echo/mcp"));
    event.put("httpMethod", "POST").putObject("requestContext").putObject("elb");
    return event.put("body", body).put("isBase64Encoded", false);
  }

  static ObjectNode lattice(String body) {
    ObjectNode event = Json.object().put("version", "2.0").put("path", "/echo/mcp");
    event.put("method", "POST");
    ObjectNode headers = event.putObject("headers");
    headers(Json.object())
        .get("headers")
        .properties()
        .forEach(field -> headers.putArray(field.getKey()).add(field.getValue()));
    event.putObject("requestContext").put("serviceArn", "arn:example");
    return event.put("body", body).put("isBase64Encoded", false);
  }
}
