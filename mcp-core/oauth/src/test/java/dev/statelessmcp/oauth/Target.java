package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.jetty.HttpAnswer;
import dev.statelessmcp.jetty.RawClient;
import dev.statelessmcp.lambda.EventShape;
import dev.statelessmcp.lambda.McpLambdaHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A way to a server. */
interface Target {

  /** What comes back; headers by lower case name. */
  record Answer(int status, Map<String, String> headers, String body) {}

  /**
   * Sends a request.
   *
   * @param path with a query, if there is one
   * @param headers the values of a field that comes twice are parted by a line break
   */
  Answer send(String method, String path, Map<String, String> headers, String body)
      throws Exception;

  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** The endpoint as a function. */
  static Target function(StreamableHttp endpoint) {
    return (method, path, headers, body) -> {
      HttpHeaders.Builder fields = HttpHeaders.builder();
      headers.forEach((name, values) -> {
        for (String value : values.split("\n", -1)) {
          fields.add(name, value);
        }
      });
      HttpRequest.Body content = HttpRequest.Body.of(body.getBytes(StandardCharsets.UTF_8));
      Collected reply = new Collected();
      endpoint.handle(new HttpRequest(method, withoutQuery(path), fields.build(), content), reply);
      return reply.answer();
    };
  }

  /** Collects an answer. */
  final class Collected implements HttpReply {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private HttpHeaders headers = HttpHeaders.NONE;

    @Override
    public void send(int newStatus, HttpHeaders newHeaders, byte[] content) {
      status = newStatus;
      headers = newHeaders;
      body.writeBytes(content);
    }

    @Override
    public Stream stream(int newStatus, HttpHeaders newHeaders) {
      status = newStatus;
      headers = newHeaders;
      return new Stream() {
        @Override
        public void write(byte[] bytes) {
          body.writeBytes(bytes);
        }

        @Override
        public void close() {}
      };
    }

    Answer answer() {
      Map<String, String> all = new LinkedHashMap<>();
      headers.asMap().forEach((name, values) -> all.put(name, String.join(", ", values)));
      return new Answer(status, all, body.toString(StandardCharsets.UTF_8));
    }
  }

  /** A server on this machine. */
  static Target socket(int port) {
    return (method, path, headers, body) -> {
      StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
      headers.forEach((name, values) -> {
        for (String value : values.split("\n", -1)) {
          text.append(name).append(": ").append(value).append("\r\n");
        }
      });
      byte[] content = body.getBytes(StandardCharsets.UTF_8);
      text.append("Content-Length: ").append(content.length).append("\r\n\r\n").append(body);
      try (RawClient client = new RawClient(port)) {
        client.send(text.toString());
        HttpAnswer answer = method.equals("HEAD") ? client.receiveHead() : client.receive();
        return new Answer(answer.status(), answer.headers(), answer.body());
      } catch (IOException e) {
        throw new IOException(text.toString(), e);
      }
    };
  }

  /** An event of one sender. */
  static Target event(McpLambdaHandler function, EventShape shape) {
    return (method, path, headers, body) -> {
      Map<String, String> joined = new LinkedHashMap<>();
      headers.forEach((name, values) -> joined.put(name, values.replace("\n", ", ")));
      ObjectNode event = shape.event(method, withoutQuery(path), joined, body);
      int query = path.indexOf('?');
      if (query >= 0) {
        String[] parameter = path.substring(query + 1).split("=", 2);
        event.put("rawQueryString", path.substring(query + 1));
        event.putObject("queryStringParameters").put(parameter[0], parameter[1]);
      }
      JsonNode answer = function.serve(event, null);
      return new Answer(
          answer.get("statusCode").intValue(),
          shape.headers(answer),
          answer.get("body").textValue());
    };
  }
}
