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
 * Reads and writes JSON-RPC 2.0 messages. Members that JSON-RPC does not define are ignored. Null
 * counts as missing for {@code params}, for the {@code id} of a notification, and for
 * {@code method}, {@code result} and {@code error} of another kind of message: some serializers
 * write all members. Immutable and thread-safe.
 *
 * <pre>{@code
 * JsonRpcPayload payload = new JsonRpcCodec(JsonLimits.DEFAULT).read(utf8);
 * byte[] answer = JsonRpcCodec.write(new JsonRpcMessage.Result(id, result));
 * }</pre>
 */
public final class JsonRpcCodec {
  private static final String INVALID = "Invalid request: ";
  private static final String NOT_20 = "jsonrpc must be \"2.0\"";

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
      ResponseScan scan = new ResponseScan();
      scan.take(utf8, 0, utf8.length);
      throw scan.unreadable("Parse error: " + e.getMessage());
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
      throw invalid("a batch must have at least one message");
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
      throw invalid("a message must be an object");
    }
    RequestId id = RequestId.from(object.get("id")).orElse(null);
    JsonNode version = object.get("jsonrpc");
    boolean is20 = version != null && "2.0".equals(version.textValue());
    if (isResponse(object)) {
      if (!is20) {
        throw invalidResponse(NOT_20, id);
      }
      return response(object, id);
    }
    boolean hasMethod = object.has("method");
    if (!is20) {
      throw invalid(NOT_20, id, hasMethod);
    }
    if (!hasMethod) {
      throw invalid("method is required", id, false);
    }
    if (object.hasNonNull("result") || object.hasNonNull("error")) {
      throw invalid("a message must have either a method, or a result or an error", id, true);
    }
    return call(object, id);
  }

  /**
   * Returns whether a tree is a response, valid or not. A response must not be answered.
   *
   * @param tree the tree; not null
   * @return true for an object with a result or an error, and without a method
   */
  static boolean isResponse(JsonNode tree) {
    return !tree.hasNonNull("method") && (tree.has("result") || tree.has("error"));
  }

  private static JsonRpcMessage call(ObjectNode object, @Nullable RequestId id)
      throws MalformedMessageException {
    if (!object.get("method").isTextual()) {
      throw invalid("method must be a string", id, true);
    }
    String method = object.get("method").textValue();
    if (object.has("id") && id == null && !isNullOfNotification(object.get("id"), method)) {
      throw invalid(
          object.get("id").isTextual()
              ? "id must not have an unpaired surrogate, which UTF-8 cannot encode"
              : "id must be a string or an integer");
    }
    JsonNode params = object.path("params");
    boolean none =
        params.isMissingNode() || params.isNull(); // many serializers write null for none
    if (!none && !params.isObject()) {
      String problem = "Invalid params: params must be an object";
      throw id == null
          ? MalformedMessageException.notification(
              MalformedMessageException.INVALID_PARAMS, problem)
          : new MalformedMessageException(
              MalformedMessageException.INVALID_PARAMS, problem, id, true);
    }
    ObjectNode members = none ? Json.object() : (ObjectNode) params;
    return id == null
        ? new JsonRpcMessage.Notification(method, members)
        : new JsonRpcMessage.Request(id, method, members);
  }

  /**
   * Some serializers write {@code "id": null} in a notification; refusing it would fail the
   * handshake. The null id of a request is refused: "the ID MUST NOT be null".
   */
  private static boolean isNullOfNotification(JsonNode id, String method) {
    return id.isNull() && method.startsWith("notifications/");
  }

  /** Some serializers write all members, so null next to the other member counts as missing. */
  private static JsonRpcMessage response(ObjectNode object, @Nullable RequestId id)
      throws MalformedMessageException {
    JsonNode result = object.path("result");
    JsonNode error = object.path("error");
    boolean failed = !error.isNull() && !error.isMissingNode();
    if (!failed) {
      if (id == null) {
        throw invalidResponse("a response must have the id of its request", id);
      }
      if (!(result instanceof ObjectNode members)) {
        throw invalidResponse("the result of a response must be an object", id);
      }
      return new JsonRpcMessage.Result(id, members);
    }
    if (!result.isNull() && !result.isMissingNode()) {
      throw invalidResponse("a response must have either a result or an error, not both", id);
    }
    if (!(error instanceof ObjectNode members)) {
      throw invalidResponse("the error of a response must be an object", id);
    }
    if (!members.path("code").isInt()) {
      throw invalidResponse("error.code must be an integer of 32 bits", id);
    }
    if (!members.path("message").isTextual()) {
      throw invalidResponse("error.message must be a string", id);
    }
    return new JsonRpcMessage.Failure(
        id,
        new JsonRpcError(
            members.get("code").intValue(),
            members.get("message").textValue(),
            members.get("data")));
  }

  private static MalformedMessageException invalid(String what) {
    return invalid(what, null, false);
  }

  private static MalformedMessageException invalid(
      String what, @Nullable RequestId id, boolean hasMethod) {
    return new MalformedMessageException(
        MalformedMessageException.INVALID_REQUEST, INVALID + what, id, hasMethod);
  }

  private static MalformedMessageException invalidResponse(String what, @Nullable RequestId id) {
    return MalformedMessageException.response(what, id);
  }

  /**
   * Returns a failure for each request of a payload that cannot be served.
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
        if (e.isAnswered()) {
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
