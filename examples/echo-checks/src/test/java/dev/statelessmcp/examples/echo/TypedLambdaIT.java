package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.local.ScratchFolder;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.lambda.typed.McpHttpApiHandler;
import dev.statelessmcp.lambda.typed.McpLoadBalancerHandler;
import dev.statelessmcp.lambda.typed.McpRestApiHandler;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The same server with typed handlers, whose events and answers the runtime client binds. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux alone")
class TypedLambdaIT {
  /** A function as a user writes it. */
  public static final class RestApi extends McpRestApiHandler {
    /** Called by Lambda. */
    public RestApi() {
      super(EchoServer.create());
    }
  }

  /** A function as a user writes it. */
  public static final class HttpApi extends McpHttpApiHandler {
    /** Called by Lambda. */
    public HttpApi() {
      super(EchoServer.create());
    }
  }

  /** A function as a user writes it. */
  public static final class LoadBalancer extends McpLoadBalancerHandler {
    /** Called by Lambda. */
    public LoadBalancer() {
      super(EchoServer.create());
    }
  }

  @TempDir
  private static Path task;

  /** Echo's own package, the functions, and the libraries that only they need. */
  @BeforeAll
  static void deploy() throws Exception {
    ScratchFolder.unzip(Path.of("..", "echo", "target", "echo-lambda.zip"), task);
    for (Class<?> function : new Class<?>[] {RestApi.class, HttpApi.class, LoadBalancer.class}) {
      String file = function.getName().replace('.', '/') + ".class";
      try (InputStream in = function.getClassLoader().getResourceAsStream(file)) {
        Files.copy(in, task.resolve(file));
      }
    }
    // The runtime needs Joda-Time to fill REST events; it comes with aws-lambda-java-events
    for (String used : List.of(
        McpHttpApiHandler.class.getName(),
        APIGatewayV2HTTPEvent.class.getName(),
        "org.joda.time.DateTime")) {
      URI jar = Class.forName(used)
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .toURI();
      Files.copy(Path.of(jar), task.resolve("lib").resolve(used + ".jar"));
    }
  }

  /** Calls the tool in both eras; gives the answer to a GET. */
  private static JsonNode serves(Class<?> handler, ObjectNode event, LambdaEvent... senders)
      throws IOException {
    try (LambdaProcess function = LambdaProcess.of(task, handler.getName())
        .environment("MCP_PATH", "/echo/mcp")
        .start()) {
      for (LambdaEvent sender : senders) {
        McpTestClient modern = McpTestClient.of(LambdaTransport.of(function, sender, "/echo/mcp"));
        for (McpTestClient client : List.of(modern, modern.legacy())) {
          TestAnswer answer = client
              .call("echo", Map.of("message", "héllo €"))
              .hasStatus(200)
              .hasText("Echo: héllo €");
          assertEquals("application/json", answer.header("content-type").orElseThrow());
        }
      }
      InvocationResult get = function.invoke(Json.write(event));
      assertFalse(get.isError(), get::text);
      JsonNode answer = Json.parse(get.text());
      assertEquals(405, answer.get("statusCode").intValue());
      return answer;
    }
  }

  @Test
  void aRestApiIsServed() throws IOException {
    ObjectNode get = LambdaEvents.rest("").put("httpMethod", "GET").putNull("body");
    serves(RestApi.class, get, LambdaEvent.REST_API, LambdaEvent.HTTP_API_1);
  }

  @Test
  void anHttpApiIsServed() throws IOException {
    ObjectNode get = LambdaEvents.httpApi(""); // has a stage
    ((ObjectNode) get.at("/requestContext/http")).put("method", "GET");
    get.remove("body");
    serves(HttpApi.class, get, LambdaEvent.HTTP_API, LambdaEvent.FUNCTION_URL);
  }

  @Test
  void aLoadBalancerIsServed() throws IOException {
    ObjectNode get = LambdaEvents.alb("").put("httpMethod", "GET");
    JsonNode answer = serves(
        LoadBalancer.class, get, LambdaEvent.LOAD_BALANCER, LambdaEvent.LOAD_BALANCER_MULTI_VALUE);
    assertEquals("405 Method Not Allowed", answer.get("statusDescription").textValue());
  }
}
