package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks single messages against the rules of a revision: {@link MemberRules}, and the official
 * schema if it is available. Immutable.
 */
final class ProtocolRules {
  private final ProtocolVersion version;
  private final MemberRules members;
  private final @Nullable OfficialSchema official; // null if it is not available

  ProtocolRules(ProtocolVersion version) {
    this.version = version;
    this.members = MemberRules.of(version);
    this.official = OfficialSchema.of(version).orElse(null);
  }

  /**
   * The problems of an answer to any request.
   *
   * @return one line for each
   */
  List<String> ofAnswer(JsonNode answer) {
    List<String> problems = envelope(answer);
    if (answer.has("error") == answer.has("result")) {
      problems.add("an answer must have either a result or an error");
    }
    return problems;
  }

  /**
   * The problems of the answer to a request.
   *
   * @return one line for each
   */
  List<String> ofAnswer(String method, JsonNode answer) {
    List<String> problems = ofAnswer(answer);
    if (answer.has("error")) {
      checkError(answer, problems);
    } else if (answer.has("result")) {
      checkResult(method, answer.get("result"), problems);
      if (official != null) {
        official.check(
            nameIn(official, "JSONRPCResultResponse", "JSONRPCResponse"), answer, "", problems);
      }
    }
    return problems;
  }

  private void checkError(JsonNode answer, List<String> problems) {
    JsonNode error = answer.get("error");
    members.check("Error", error, "error", problems);
    int code = error.path("code").asInt();
    if (version.era() == Era.MODERN && error.has("data")) {
      if (code == ErrorCode.MISSING_REQUIRED_CLIENT_CAPABILITY) {
        members.check(
            "MissingRequiredClientCapabilityData", error.get("data"), "error.data", problems);
      } else if (code == ErrorCode.UNSUPPORTED_PROTOCOL_VERSION) {
        members.check("UnsupportedProtocolVersionData", error.get("data"), "error.data", problems);
      }
    }
    // Up to 2025-06-18 the schemas require the id that an error may lack
    if (official != null && answer.hasNonNull("id")) {
      official.check(
          nameIn(official, "JSONRPCErrorResponse", "JSONRPCError"), answer, "", problems);
      official.check(ofItsOwn(code), answer, "", problems);
    }
  }

  /** The type of an error that has a separate type since 2026-07-28. */
  private static @Nullable String ofItsOwn(int code) {
    return switch (code) {
      case ErrorCode.HEADER_MISMATCH -> "HeaderMismatchError";
      case ErrorCode.MISSING_REQUIRED_CLIENT_CAPABILITY -> "MissingRequiredClientCapabilityError";
      case ErrorCode.UNSUPPORTED_PROTOCOL_VERSION -> "UnsupportedProtocolVersionError";
      default -> null;
    };
  }

  private static String nameIn(OfficialSchema official, String name, String formerName) {
    return official.defines(name) ? name : formerName;
  }

  private void checkResult(String method, JsonNode result, List<String> problems) {
    String resultType = result.path("resultType").asText("complete");
    boolean modern = version.era() == Era.MODERN;
    if (modern && resultType.equals("input_required")) {
      check("InputRequiredResult", result, "result", problems);
      if (!result.has("inputRequests") && !result.has("requestState")) {
        problems.add("result must have inputRequests or requestState");
      }
      for (Map.Entry<String, JsonNode> asked : result.path("inputRequests").properties()) {
        checkRequest(asked.getValue(), "result.inputRequests." + asked.getKey(), problems);
      }
      return;
    }
    if (modern && resultType.equals("task")) {
      checkCreatedTask(method, result, problems);
      return;
    }
    String type = members.type("result", method);
    if (type == null || (modern && !resultType.equals("complete"))) {
      type = "Result"; // of an extension
    }
    check(type, result, "result", problems);
    if (modern && method.equals("tasks/get")) {
      checkTask(result, "task", problems);
    }
  }

  /** "Servers MUST NOT set resultType to "task" on result types other than CreateTaskResult." */
  private void checkCreatedTask(String method, JsonNode result, List<String> problems) {
    check("Result", result, "result", problems);
    if (method.equals("tools/call")) {
      members.check("CreateTaskResult", result, "task", problems);
    } else {
      problems.add("result.resultType must not be \"task\": only a tools/call becomes a task");
    }
  }

  /** Checks a task with the further members of its status. */
  private void checkTask(JsonNode task, String place, List<String> problems) {
    members.check("DetailedTask", task, place, problems);
    for (Map.Entry<String, JsonNode> asked : task.path("inputRequests").properties()) {
      checkRequest(asked.getValue(), place + ".inputRequests." + asked.getKey(), problems);
    }
    JsonNode result = task.path("result");
    if (result.isObject()) {
      // Only calls of tools become tasks
      check("CallToolResult", result, place + ".result", problems);
      if (!result.path("resultType").asText("complete").equals("complete")) {
        problems.add(place + ".result.resultType must be \"complete\", was "
            + Json.text(result.get("resultType")));
      }
    }
  }

  private void check(String type, JsonNode node, String place, List<String> problems) {
    members.check(type, node, place, problems);
    if (official != null) {
      official.check(type, node, place, problems);
    }
  }

  /**
   * The problems of a request of the server or the client.
   *
   * @return one line for each
   */
  List<String> ofRequest(JsonNode request) {
    List<String> problems = envelope(request);
    members.check("id", request.path("id"), "id", problems);
    checkRequest(request, "", problems);
    return problems;
  }

  private void checkRequest(JsonNode request, String place, List<String> problems) {
    String type = members.type("request", request.path("method").asText());
    if (type != null) {
      JsonNode params = request.path("params");
      String dot = place.isEmpty() ? "" : place + ".";
      members.check(
          type, params.isMissingNode() ? Json.object() : params, dot + "params", problems);
      if (type.equals("SubscriptionsListenRequestParams")
          && params.path("notifications").isObject()) {
        members.check(
            "TaskSubscriptionNotifications",
            params.get("notifications"),
            dot + "params.notifications",
            problems);
      }
      if (official != null) {
        official.check(withoutParams(type), request, place, problems);
      }
    }
  }

  private static String withoutParams(String type) {
    return type.substring(0, type.length() - "Params".length());
  }

  /**
   * The problems of a notification.
   *
   * @return one line for each
   */
  List<String> ofNotification(JsonNode notification) {
    List<String> problems = envelope(notification);
    String type = members.type("notification", notification.path("method").asText());
    if (type != null) {
      JsonNode params = notification.path("params");
      members.check(type, params.isMissingNode() ? Json.object() : params, "params", problems);
      if (type.equals("TaskStatusNotificationParams")) {
        checkTask(params, "params", problems);
      } else if (params.path("notifications").isObject()) {
        members.check(
            "TaskSubscriptionAcknowledgedNotifications",
            params.get("notifications"),
            "params.notifications",
            problems);
      }
    }
    if (official != null) {
      official.check("JSONRPCNotification", notification, "", problems);
      official.check(type == null ? null : withoutParams(type), notification, "", problems);
    }
    return problems;
  }

  /**
   * The problems of the client's answer to a question.
   *
   * @return one line for each
   */
  List<String> ofUserAnswer(String method, JsonNode result) {
    List<String> problems = new ArrayList<>();
    String type = members.type("result", method);
    if (type != null) {
      check(type, result, "result", problems);
    }
    return problems;
  }

  private static List<String> envelope(JsonNode message) {
    List<String> problems = new ArrayList<>();
    if (!"2.0".equals(message.path("jsonrpc").textValue())) {
      problems.add("jsonrpc must be \"2.0\"");
    }
    return problems;
  }
}
