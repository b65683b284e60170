package dev.statelessmcp.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON-RPC 2.0 messages. Members that JSON-RPC does not define are ignored.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * JsonRpcPayload payload = new JsonRpcCodec(JsonLimits.DEFAULT).read(utf8);
 * byte[] answer = JsonRpcCodec.write(new JsonRpcMessage.Result(id, result));
 * }</pre>
 */
public final class JsonRpcCodec {
  private final JsonLimits limits;

  /**
   * Creates a codec.
   *
   * @param limits the size limits of texts that are read; not null
   */
  public JsonRpcCodec(JsonLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Returns the size limits of texts that are read.
   *
   * @return the limits; never null
   */
  public JsonLimits limits() {
    return limits;
  }

  /**
   * Reads one message or one batch.
   *
   * @param utf8 the text, in UTF-8; not null
   * @return a message, or a batch whose elements have not been checked; never null
   * @throws MalformedMessageException if the text is not JSON (-32700) or not a message (-32600)
   */
  public JsonRpcPayload read(byte[] utf8) throws MalformedMessageException {
    JsonNode tree;
    try {
      tree = Json.read(utf8, limits);
    } catch (JsonSyntaxException e) {
      throw new MalformedMessageException(
          MalformedMessageException.PARSE_ERROR, "Parse error: " + e.getMessage(), null);
    }
    return payload(tree);
  }

  /**
   * Reads one message or one batch from a tree.
   *
   * @param tree the tree; not null
   * @return a message, or a batch whose elements have not been checked; never null
   * @throws MalformedMessageException if it is neither (-32600)
   */
  public static JsonRpcPayload payload(JsonNode tree) throws MalformedMessageException {
    if (!(tree instanceof ArrayNode array)) {
      return message(tree);
    }
    if (array.isEmpty()) {
      throw invalid("a batch must have at least one message", null);
    }
    List<JsonNode> elements = new ArrayList<>(array.size());
    array.forEach(elements::add);
    return new JsonRpcPayload.Batch(elements);
  }

  /**
   * Reads one message from a tree.
   *
   * @param tree the tree; not null
   * @return the message; never null
   * @throws MalformedMessageException if it is not a message (-32600), or its {@code params} are
   *     not an object (-32602)
   */
  public static JsonRpcMessage message(JsonNode tree) throws MalformedMessageException {
    if (!(tree instanceof ObjectNode object)) {
      throw invalid("a message must be an object", null);
    }
    RequestId id = RequestId.from(object.get("id")).orElse(null);
    JsonNode version = object.get("jsonrpc");
    if (version == null || !"2.0".equals(version.textValue())) {
      throw invalid("jsonrpc must be \"2.0\"", id);
    }
    boolean answers = object.has("result") || object.has("error");
    if (object.has("method")) {
      if (answers) {
        throw invalid("a message must have either a method, or a result or an error", id);
      }
      return call(object, id);
    }
    if (!answers) {
      throw invalid("method is required", id);
    }
    return response(object, id);
  }

  private static JsonRpcMessage call(ObjectNode object, @Nullable RequestId id)
      throws MalformedMessageException {
    if (!object.get("method").isTextual()) {
      throw invalid("method must be a string", id);
    }
    String method = object.get("method").textValue();
    if (object.has("id") && id == null) {
      throw invalid("id must be a string or an integer", null);
    }
    JsonNode params = object.get("params");
    if (params != null && !params.isObject()) {
      throw new MalformedMessageException(
          MalformedMessageException.INVALID_PARAMS,
          "Invalid params: params must be an object",
          id,
          id == null);
    }
    ObjectNode members = params == null ? Json.object() : (ObjectNode) params;
    return id == null
        ? new JsonRpcMessage.Notification(method, members)
        : new JsonRpcMessage.Request(id, method, members);
  }

  private static JsonRpcMessage response(ObjectNode object, @Nullable RequestId id)
      throws MalformedMessageException {
    if (object.get("result") instanceof ObjectNode result && id != null && !object.has("error")) {
      return new JsonRpcMessage.Result(id, result);
    }
    if (object.get("error") instanceof ObjectNode error
        && !object.has("result")
        && error.path("code").isInt()
        && error.path("message").isTextual()) {
      return new JsonRpcMessage.Failure(
          id,
          new JsonRpcError(
              error.get("code").intValue(), error.get("message").textValue(), error.get("data")));
    }
    throw invalid("a response must have an id, and either a result object or an error", id);
  }

  private static MalformedMessageException invalid(String what, @Nullable RequestId id) {
    return new MalformedMessageException(
        MalformedMessageException.INVALID_REQUEST, "Invalid request: " + what, id);
  }

  /**
   * Returns one failure per request of a payload that cannot be served at all.
   *
   * @param payload the message or batch that was received; not null
   * @param error the error of each failure; not null
   * @return for a message, a failure with the id of the request if there is one; for a batch, an
   *     array of the failures of its requests
   */
  public static JsonNode failures(JsonRpcPayload payload, JsonRpcError error) {
    if (!(payload instanceof JsonRpcPayload.Batch batch)) {
      RequestId id = payload instanceof JsonRpcMessage.Request request ? request.id() : null;
      return toJson(new JsonRpcMessage.Failure(id, error));
    }
    ArrayNode failures = Json.array();
    for (JsonNode element : batch.elements()) {
      try {
        if (message(element) instanceof JsonRpcMessage.Request request) {
          failures.add(toJson(new JsonRpcMessage.Failure(request.id(), error)));
        }
      } catch (MalformedMessageException e) {
        if (!e.isNotification()) {
          failures.add(toJson(e.failure()));
        }
      }
    }
    return failures;
  }

  /**
   * Writes a message as bytes.
   *
   * @param message the message; not null
   * @return compact JSON in UTF-8, without a line break
   */
  public static byte[] write(JsonRpcMessage message) {
    return Json.write(toJson(message));
  }

  /**
   * Writes a message as a tree.
   *
   * @param message the message; not null
   * @return a new object that shares the params, result or data with the message
   */
  public static ObjectNode toJson(JsonRpcMessage message) {
    ObjectNode json = Json.object().put("jsonrpc", "2.0");
    if (message instanceof JsonRpcMessage.Response response) {
      // "The same ID … except in error cases where the ID could not be read": then id is left out,
      // as in the schemas from 2025-11-25 on (null would not be a valid id there).
      if (response.id() != null) {
        json.set("id", response.id().toJson());
      }
      if (response instanceof JsonRpcMessage.Result result) {
        json.set("result", result.result());
      } else if (response instanceof JsonRpcMessage.Failure failure) {
        json.set("error", error(failure.error()));
      }
    } else if (message instanceof JsonRpcMessage.Request request) {
      json.set("id", request.id().toJson());
      call(json, request.method(), request.params());
    } else if (message instanceof JsonRpcMessage.Notification notification) {
      call(json, notification.method(), notification.params());
    }
    return json;
  }

  private static void call(ObjectNode json, String method, ObjectNode params) {
    json.put("method", method);
    if (!params.isEmpty()) {
      json.set("params", params);
    }
  }

  private static ObjectNode error(JsonRpcError error) {
    ObjectNode json = Json.object().put("code", error.code()).put("message", error.message());
    if (error.data() != null) {
      json.set("data", error.data());
    }
    return json;
  }
}
