package dev.statelessmcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.completion.Completion;
import dev.statelessmcp.content.AudioContent;
import dev.statelessmcp.content.EmbeddedResource;
import dev.statelessmcp.content.ImageContent;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.content.ResourceLink;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.engine.TestClient;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.protocol.Icon;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.test.AnswerCheck;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Walks the official schema of 2026-07-28: wherever it has {@code _meta} or {@code icons} on
 * something that an author makes, the public type can write them.
 */
class OfficialMembersTest {
  private static final Set<String> MEMBERS = Set.of("_meta", "icons");

  /** Sent by clients alone. */
  private static final Set<String> OF_CLIENTS = Set.of(
      "CallToolRequestParams",
      "CompleteRequestParams",
      "CreateMessageResult",
      "GetPromptRequestParams",
      "InputResponseRequestParams",
      "PaginatedRequestParams",
      "ReadResourceRequestParams",
      "RequestParams",
      "ResourceRequestParams",
      "Root",
      "SubscriptionsListenRequestParams");

  /** Made by the server itself, from what authors make. */
  private static final Set<String> OF_THE_SERVER = Set.of(
      "CacheableResult",
      "CancelledNotificationParams",
      "DiscoverResult",
      "Icons",
      "InputRequiredResult",
      "ListPromptsResult",
      "ListResourceTemplatesResult",
      "ListResourcesResult",
      "ListToolsResult",
      "LoggingMessageNotificationParams",
      "NotificationParams",
      "PaginatedResult",
      "ProgressNotificationParams",
      "ResourceUpdatedNotificationParams",
      "Result",
      "SubscriptionsAcknowledgedNotificationParams",
      "SubscriptionsListenResult");

  /** Written as JSON by {@code Question.sampling(params)}. */
  private static final Set<String> AS_JSON =
      Set.of("SamplingMessage", "ToolResultContent", "ToolUseContent");

  private static final Icon ICON = Icon.of("https://example.com/a.png")
      .mimeType("image/png")
      .sizes("48x48", "96x96")
      .theme("light");

  private static ObjectNode meta() {
    return Json.object().put("example.com/a", 1);
  }

  private static Map<String, JsonNode> written() {
    Tool tool = Tool.ofSchema(
            "t",
            "d",
            "{\"type\":\"object\"}",
            (in, call) -> ToolResult.structured(Json.object().put("sum", 3)).meta(meta()))
        .icons(ICON)
        .meta(meta());
    Prompt prompt = Prompt.of(
            "p", "d", call -> PromptResult.of(PromptMessage.user("a")).meta(meta()))
        .optionalArgument("a", null)
        .complete("a", (value, arguments, call) -> Completion.of(List.of("b")).meta(meta()))
        .icons(ICON)
        .meta(meta());
    Resource resource = Resource.of(
            "file:///a",
            "r",
            call ->
                ResourceResult.of(ResourceContents.text(call.uri(), null, "a")).meta(meta()))
        .icons(ICON)
        .meta(meta());
    ResourceContents text = ResourceContents.text("file:///a", null, "a").meta(meta());
    Map<String, JsonNode> written = new TreeMap<>();
    written.put("Tool", tool.toJson());
    written.put("Prompt", prompt.toJson());
    written.put("Resource", resource.toJson());
    written.put(
        "ResourceTemplate",
        ResourceTemplate.of("file:///{a}", "t", call -> null)
            .icons(ICON)
            .meta(meta())
            .toJson());
    written.put("Implementation", Implementation.of("n", "1").icons(ICON).toJson());
    written.put("TextContent", TextContent.of("a").meta(meta()).toJson());
    written.put(
        "ImageContent", ImageContent.of(new byte[1], "image/png").meta(meta()).toJson());
    written.put(
        "AudioContent", AudioContent.of(new byte[1], "audio/wav").meta(meta()).toJson());
    written.put("EmbeddedResource", EmbeddedResource.of(text).meta(meta()).toJson());
    written.put(
        "ResourceLink",
        ResourceLink.of("file:///a", "a").icons(ICON).meta(meta()).toJson());
    written.put("ResourceContents", text.toJson());
    written.put("TextResourceContents", text.toJson());
    written.put(
        "BlobResourceContents",
        ResourceContents.blob("file:///a", null, new byte[1]).meta(meta()).toJson());
    TestClient client = new TestClient(McpServer.named("n", "1")
        .icons(ICON)
        .tool(tool)
        .prompt(prompt)
        .resource(resource)
        .build());
    written.put("CallToolResult", client.result("tools/call", "{'name':'t'}"));
    written.put("GetPromptResult", client.result("prompts/get", "{'name':'p'}"));
    written.put("ReadResourceResult", client.result("resources/read", "{'uri':'file:///a'}"));
    written.put(
        "CompleteResult",
        client.result(
            "completion/complete",
            "{'ref':{'type':'ref/prompt','name':'p'},'argument':{'name':'a','value':''}}"));
    return written;
  }

  @Test
  void everyTypeCanWriteWhatTheSchemaHas() {
    AnswerCheck schema = AnswerCheck.of(ProtocolVersion.V2026_07_28);
    assumeTrue(schema.definitions().isObject(), "the official schema is not at hand");
    Map<String, JsonNode> written = written();
    Set<String> known = new TreeSet<>(written.keySet());
    known.addAll(OF_CLIENTS);
    known.addAll(OF_THE_SERVER);
    known.addAll(AS_JSON);
    Set<String> inSchema = new TreeSet<>();
    for (Map.Entry<String, JsonNode> type : schema.definitions().properties()) {
      Set<String> members = new HashSet<>(MEMBERS);
      members.removeIf(member -> !type.getValue().path("properties").has(member));
      if (members.isEmpty()) {
        continue;
      }
      inSchema.add(type.getKey());
      JsonNode json = written.get(type.getKey());
      if (json != null) {
        for (String member : members) {
          assertTrue(json.has(member), type.getKey() + " cannot write " + member);
        }
        assertEquals(List.of(), schema.problems(type.getKey(), json), type.getKey());
        if (members.contains("_meta")) {
          assertEquals(1, json.get("_meta").path("example.com/a").intValue(), type.getKey());
        }
      }
    }
    assertEquals(inSchema, known);
  }
}
