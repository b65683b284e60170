package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.event.EventSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Makes events of HTTP requests, as each sender of events would, and reads the answers. */
public enum EventShape {
  REST_API {
    @Override
    public ObjectNode event(String method, String path, Map<String, String> headers, String body) {
      ObjectNode event = restLike(method, path, headers, body);
      event.withObjectProperty("requestContext").put("resourceId", "r1").put("path", "/dev" + path);
      return event;
    }
  },
  HTTP_API_1 {
    @Override
    public ObjectNode event(String method, String path, Map<String, String> headers, String body) {
      return restLike(method, path, lowerCase(headers), body).put("version", "1.0");
    }
  },
  HTTP_API_2 {
    @Override
    public ObjectNode event(String method, String path, Map<String, String> headers, String body) {
      ObjectNode event = v2("dev", method, "/dev" + path, headers, body);
      event.withObjectProperty("requestContext").put("domainName", "api.example.com");
      return event;
    }
  },
  FUNCTION_URL {
    @Override
    public ObjectNode event(String method, String path, Map<String, String> headers, String body) {
      ObjectNode event = v2("$default", method, path, headers, null);
      event.withObjectProperty("requestContext").put("domainName", "x.lambda-url.example");
      // A function URL sends what it does not take for text in Base64
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return event
          .put("body", Base64.getEncoder().encodeToString(bytes))
          .put("isBase64Encoded", true);
    }
  },
  ALB {
    @Override
    public ObjectNode event(String method, String path, Map<String, String> headers, String body) {
      ObjectNode event = alb(method, path, body);
      putAll(event.putObject("headers"), lowerCase(headers));
      return event;
    }
  },
  ALB_MULTI_VALUE {
    @Override
    public ObjectNode event(String method, String path, Map<String, String> headers, String body) {
      ObjectNode event = alb(method, path, body);
      event.set("multiValueHeaders", multi(lowerCase(headers)));
      return event;
    }
  },
  LATTICE_1 {
    @Override
    public ObjectNode event(String method, String path, Map<String, String> headers, String body) {
      ObjectNode event = Json.object().put("raw_path", path + "?a=b").put("method", method);
      putAll(event.putObject("headers"), lowerCase(headers));
      event.putObject("query_string_parameters").put("a", "b");
      return event.put("body", body).put("is_base64_encoded", false);
    }
  },
  LATTICE_2 {
    @Override
    public ObjectNode event(String method, String path, Map<String, String> headers, String body) {
      ObjectNode event = Json.object().put("version", "2.0").put("path", path + "?a=b");
      event.put("method", method).set("headers", multi(lowerCase(headers)));
      event.putObject("requestContext").put("serviceArn", "arn:example").putObject("identity");
      return event.put("body", body).put("isBase64Encoded", false);
    }
  };

  /** Says that a body is in Base64. */
  ObjectNode asBase64(ObjectNode event) {
    return event.put(this == LATTICE_1 ? "is_base64_encoded" : "isBase64Encoded", true);
  }

  /** What handlers hear that it came from. */
  EventSource source() {
    return switch (this) {
      case REST_API -> EventSource.REST_API;
      case HTTP_API_1, HTTP_API_2 -> EventSource.HTTP_API;
      case FUNCTION_URL -> EventSource.FUNCTION_URL;
      case ALB, ALB_MULTI_VALUE -> EventSource.LOAD_BALANCER;
      case LATTICE_1, LATTICE_2 -> EventSource.LATTICE;
    };
  }

  /** The event of a request. */
  public abstract ObjectNode event(
      String method, String path, Map<String, String> headers, String body);

  /** The headers of an answer, by lower case name; fails if it is not of this shape. */
  public Map<String, String> headers(JsonNode answer) {
    Map<String, String> headers = new LinkedHashMap<>();
    boolean multi = this == ALB_MULTI_VALUE;
    if (answer.has(multi ? "headers" : "multiValueHeaders")) {
      throw new AssertionError("headers in the wrong form: " + answer);
    }
    if ((this == ALB || multi) != answer.has("statusDescription")) {
      throw new AssertionError("a status description where none belongs, or none: " + answer);
    }
    for (Map.Entry<String, JsonNode> field :
        answer.get(multi ? "multiValueHeaders" : "headers").properties()) {
      JsonNode value = multi ? field.getValue().get(0) : field.getValue();
      headers.put(field.getKey().toLowerCase(Locale.ROOT), value.textValue());
    }
    return headers;
  }

  private static ObjectNode restLike(
      String method, String path, Map<String, String> headers, String body) {
    ObjectNode event = Json.object().put("resource", "/{proxy+}").put("path", path);
    event.put("httpMethod", method);
    putAll(event.putObject("headers"), headers);
    event.set("multiValueHeaders", multi(headers));
    event.putNull("queryStringParameters");
    String proxy = path.endsWith("/") ? path.substring(1, path.length() - 1) : path.substring(1);
    event.putObject("pathParameters").put("proxy", proxy);
    event.putObject("requestContext").put("stage", "dev").put("httpMethod", method);
    return event.put("body", body).put("isBase64Encoded", false);
  }

  private static ObjectNode v2(
      String stage, String method, String path, Map<String, String> headers, String body) {
    ObjectNode event = Json.object().put("version", "2.0").put("rawPath", path);
    event.put("rawQueryString", "");
    ObjectNode fields = event.putObject("headers");
    putAll(fields, lowerCase(headers));
    JsonNode cookies = fields.remove("cookie");
    if (cookies != null) { // one element each
      ArrayNode all = event.putArray("cookies");
      for (String cookie : cookies.textValue().split("; ", -1)) {
        all.add(cookie);
      }
    }
    ObjectNode context = event.putObject("requestContext").put("stage", stage);
    context.putObject("http").put("method", method).put("path", path);
    if (body != null) {
      event.put("body", body);
    }
    return event.put("isBase64Encoded", false);
  }

  private static ObjectNode alb(String method, String path, String body) {
    ObjectNode event = Json.object();
    event.putObject("requestContext").putObject("elb").put("targetGroupArn", "arn:example");
    event.put("httpMethod", method).put("path", path).putObject("queryStringParameters");
    return event.put("body", body).put("isBase64Encoded", false);
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    Map<String, String> lower = new LinkedHashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return lower;
  }

  private static void putAll(ObjectNode object, Map<String, String> fields) {
    fields.forEach(object::put);
  }

  private static ObjectNode multi(Map<String, String> headers) {
    ObjectNode multi = Json.object();
    headers.forEach((name, value) -> {
      ArrayNode values = multi.putArray(name);
      values.add(value);
    });
    return multi;
  }
}
