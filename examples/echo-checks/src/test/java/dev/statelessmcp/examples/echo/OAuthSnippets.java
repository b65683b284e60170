package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.oauth.ResourceServer;
import dev.statelessmcp.tool.Tool;
import java.io.IOException;

/** The snippets about access tokens. */
final class OAuthSnippets {

  private OAuthSnippets() {}

  static void serve(Tool readFile, Tool writeFile) throws IOException, InterruptedException {
    ResourceServer oauth = ResourceServer.builder("https://api.example.com/mcp")
        .issuer("https://login.example.com")
        .requiredScopes("files:read")
        .build();
    McpServer server = McpServer.named("files", "1.0.0")
        .scopeHierarchy((granted, required) -> granted.equals("files:admin"))
        .tool(readFile)
        .tool(writeFile.requires("files:write"))
        .build();
    McpHttpServer.builder(server).authenticator(oauth).start().join();
  }

  static LambdaSettings function(ResourceServer oauth) {
    return LambdaSettings.fromEnvironment().authenticator(oauth);
  }

  static ResourceServer introspecting(String secret) {
    return ResourceServer.builder("https://api.example.com/mcp")
        .introspection("https://login.example.com", null, "files-server", secret)
        .build();
  }

  static ResourceServer strict() {
    return ResourceServer.builder("https://api.example.com/mcp")
        .issuer("https://login.example.com")
        .algorithms("ES256")
        .types("at+jwt")
        .dpop(true)
        .build();
  }

  static ResourceServer cognito() {
    return ResourceServer.builder("https://api.example.com/mcp")
        .issuer("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI")
        .clientsWithoutAudience("1example23456789")
        .requiredScopes("files/read")
        .build();
  }

  static ResourceServer entra() {
    return ResourceServer.builder("https://api.example.com/mcp")
        .issuer("https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0")
        .audiences("66666666-7777-8888-9999-000000000000")
        .build();
  }
}
