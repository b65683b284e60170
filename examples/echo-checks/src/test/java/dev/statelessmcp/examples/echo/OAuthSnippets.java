package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.oauth.InvalidTokenException;
import dev.statelessmcp.oauth.ResourceServer;
import dev.statelessmcp.tool.Tool;
import java.io.IOException;
import java.util.List;
import java.util.Map;

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
    McpHttpServer.builder(server)
        .allowedHosts(List.of("api.example.com"))
        .authenticator(oauth)
        .start()
        .join();
  }

  static StreamableHttp mounted(McpServer server, ResourceServer oauth) {
    return StreamableHttp.builder(server)
        .allowedHosts(List.of("api.example.com"))
        .authenticator(oauth)
        .build();
  }

  /** A function. */
  static class FilesFunction extends McpLambdaHandler {
    FilesFunction(McpServer server, ResourceServer oauth) {
      super(server, LambdaSettings.fromEnvironment().authenticator(oauth));
    }
  }

  static ResourceServer introspecting(String secret) {
    return ResourceServer.builder("https://api.example.com/mcp")
        .introspection("https://login.example.com", null, "files-server", secret)
        .build();
  }

  static ResourceServer ofOurOwn(Map<String, String> users) {
    return ResourceServer.builder("https://api.example.com/mcp")
        .verifier(
            token -> {
              String user = users.get(token);
              if (user == null) {
                throw new InvalidTokenException("The token is not known");
              }
              return Caller.of(user, "files:read");
            },
            "https://login.example.com")
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
