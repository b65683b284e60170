package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.protocol.ErrorCode;

/** Answers as a whole, and their sizes as the services count them. */
final class Answers {

  private Answers() {}

  /** The answer in the shape of its event, or an error in its place if it would not get through. */
  static ObjectNode of(
      HttpEvent event, CollectedReply reply, JsonLimits limits, InvocationLog log) {
    int status = reply.status();
    if (status == 0) { // a stream that was begun, and whose end did not come in time
      JsonRpcError error = new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error");
      return event.answer(500, McpFunction.JSON, failures(event, limits, error));
    }
    int most = event.source().maxAnswerBytes();
    if (reply.body().length < most / 8) { // an escaped byte takes six at most
      return event.answer(status, reply.headers(), reply.body());
    }
    byte[] around = Json.write(event.answer(status, reply.headers(), new byte[0]));
    long size = around.length + escapedLength(reply.body());
    if (size <= most) {
      return event.answer(status, reply.headers(), reply.body());
    }
    byte[] failures = failures(event, limits, tooLarge(size, event.source(), log));
    return event.answer(200, asJson(reply.headers()), failures);
  }

  /** The answer to a message that came without HTTP, or an error in its place as above. */
  static byte[] of(JsonNode answer, JsonNode message, InvocationLog log) {
    byte[] json = Json.write(answer);
    int most = EventSource.DIRECT.maxAnswerBytes();
    if (json.length <= most) {
      return json;
    }
    JsonRpcError error = tooLarge(json.length, EventSource.DIRECT, log);
    try {
      return Json.write(JsonRpcCodec.failures(JsonRpcCodec.payload(message), error));
    } catch (MalformedMessageException e) { // it was read before
      return JsonRpcCodec.write(new JsonRpcMessage.Failure(null, error));
    }
  }

  /** Says so, since the service in front would say nothing of use. */
  static JsonRpcError tooLarge(long size, int most) {
    return new JsonRpcError(
        ErrorCode.INTERNAL_ERROR,
        "The result is too large: the answer has " + size + " bytes, and " + most
            + " is the most that gets through; ask for less");
  }

  /** The operation itself went well, and so says the line about it. */
  private static JsonRpcError tooLarge(long size, EventSource source, InvocationLog log) {
    ObjectNode line =
        log.line(LogLevel.ERROR, "an answer is too large, and an error is sent in its place");
    line.put("source", source.name()).put("bytes", size).put("limit", source.maxAnswerBytes());
    log.write(LogLevel.ERROR, line);
    return tooLarge(size, source.maxAnswerBytes());
  }

  private static byte[] failures(HttpEvent event, JsonLimits limits, JsonRpcError error) {
    try {
      return Json.write(JsonRpcCodec.failures(new JsonRpcCodec(limits).read(event.body()), error));
    } catch (MalformedMessageException e) { // it was read before
      return JsonRpcCodec.write(new JsonRpcMessage.Failure(null, error));
    }
  }

  /** With what lets a web page read the answer, whatever it was going to be. */
  private static HttpHeaders asJson(HttpHeaders headers) {
    HttpHeaders.Builder all = HttpHeaders.builder().add("Content-Type", "application/json");
    headers.asMap().forEach((name, values) -> {
      if (!name.equals("content-type")) {
        values.forEach(value -> all.add(name, value));
      }
    });
    return all.build();
  }

  /** How many bytes a text takes within a JSON string, in UTF-8. */
  static long escapedLength(byte[] utf8) {
    long length = utf8.length;
    for (byte b : utf8) {
      if (b == '"' || b == '\\') {
        length++;
      } else if (b >= 0 && b < ' ') {
        boolean isShort = b == '\n' || b == '\r' || b == '\t' || b == '\b' || b == '\f';
        length += isShort ? 1 : 5;
      }
    }
    return length;
  }
}
