package dev.statelessmcp.oauth;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.completion.Completion;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;

/** The server that the tests call. */
final class ProtectedServer {
  static final Clock CLOCK = Clock.fixed(Tokens.NOW, ZoneOffset.UTC);

  private ProtectedServer() {}

  static McpServer server() {
    return McpServer.named("protected", "1")
        .scopeHierarchy((granted, required) -> granted.equals("admin")
            || (required.startsWith(granted + ":") && !granted.equals("mcp")))
        .tool(Tool.ofSchema(
            "whoami",
            "Says who calls",
            "{\"type\":\"object\"}",
            (in, call) -> ToolResult.text(call.caller().principal()
                + " by "
                + call.caller().clientId().orElse("nothing")
                + " "
                + new TreeSet<>(call.caller().scopes()))))
        .tool(tool("write", "written").requires("files:write"))
        .tool(tool("copy", "copied").requires("files:read", "files:write"))
        .tool(tool("secret", "told").requires("secret").hideWithoutScopes(true))
        .prompt(Prompt.of("plan", "Plans", call -> PromptResult.of(PromptMessage.user("plan")))
            .optionalArgument("of", "What")
            .complete("of", (value, others, call) -> Completion.of(List.of("all")))
            .requires("files:read"))
        .resource(Resource.of("test://one", "one", call -> one()).requires("files:read"))
        .resourceTemplate(
            ResourceTemplate.of("test://many/{id}", "many", call -> one()).requires("files:read"))
        .build();
  }

  private static ResourceResult one() {
    return ResourceResult.of(ResourceContents.text("test://one", "text/plain", "one"));
  }

  private static Tool tool(String name, String answer) {
    return Tool.ofSchema(
        name, "A tool", "{\"type\":\"object\"}", (in, call) -> ToolResult.text(answer));
  }

  /** With keys that are known. */
  static ResourceServerBuilder settings() {
    String jwks = Tokens.jwks("rsa-1", "rsa-2", "ec-1", "p384-1", "ed-1", "weak-1", "rsa-enc")
        .replace("\"kid\":\"rsa-enc\"", "\"kid\":\"rsa-enc\",\"use\":\"enc\"");
    return ResourceServer.builder(Tokens.RESOURCE)
        .clock(CLOCK)
        .keys(Tokens.ISSUER, jwks)
        .algorithms("RS256", "PS256", "ES256", "ES384", "EdDSA")
        .requiredScopes("mcp:use")
        .supportedScopes("files:read", "files:write")
        .audiences("api://echo")
        .clientsWithoutAudience("cognito")
        .name("Echo")
        .documentation("https://docs.example.com");
  }

  static StreamableHttp endpoint(ResourceServer oauth) {
    return StreamableHttp.builder(server())
        .path("/echo/mcp")
        .allowedHosts(List.of("*"))
        .allowedOrigins(List.of("https://app.example.com"))
        .authenticator(oauth)
        .build();
  }
}
