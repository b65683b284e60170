package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.jetty.McpHandler;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.EventShape;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.servlet.McpServlet;
import dev.statelessmcp.testing.SilentLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same requests to the endpoint as a function, through Jetty, a servlet and every event. */
@ExtendWith(SilentLog.class)
class MatrixTest {
  private static final String METADATA =
      "https://api.example.com/.well-known/oauth-protected-resource/dev/echo/mcp";

  private static final Map<String, Target> TARGETS = new LinkedHashMap<>();
  private static final List<Server> SERVERS = new ArrayList<>();

  private static final class Function extends McpLambdaHandler {
    Function(ResourceServer oauth) {
      super(
          ProtectedServer.server(),
          LambdaSettings.defaults()
              .path("/echo/mcp")
              .allowedOrigins(List.of("https://app.example.com"))
              .authenticator(oauth));
    }
  }

  @BeforeAll
  static void start() throws Exception {
    ResourceServer oauth = ProtectedServer.settings().build();
    TARGETS.put("function", Target.function(ProtectedServer.endpoint(oauth)));
    TARGETS.put("jetty", started(new McpHandler(ProtectedServer.endpoint(oauth))));
    ServletHolder holder = new ServletHolder(new McpServlet(ProtectedServer.endpoint(oauth)));
    holder.setAsyncSupported(true);
    ServletContextHandler servlets = new ServletContextHandler();
    servlets.addServlet(holder, "/*");
    TARGETS.put("servlet", started(servlets));
    McpLambdaHandler function = new Function(oauth);
    for (EventShape shape : EventShape.values()) {
      TARGETS.put(shape.name(), Target.event(function, shape));
    }
  }

  private static Target started(Handler handler) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
    SERVERS.add(server);
    return Target.socket(connector.getLocalPort());
  }

  @AfterAll
  static void stop() throws Exception {
    for (Server server : SERVERS) {
      server.stop();
    }
  }

  static List<MatrixCase> cases() {
    return MatrixCase.all();
  }

  @Test
  void theMatrixIsLargeEnough() {
    assertTrue(cases().size() >= 180);
    assertEquals(
        cases().size(), cases().stream().map(MatrixCase::name).distinct().count());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theAnswerIsTheSameWhateverCarriesIt(MatrixCase each) throws Exception {
    Map<String, String> headers = each.headers();
    String body = each.body(headers);
    for (Map.Entry<String, Target> target : TARGETS.entrySet()) {
      String where = each.name() + ", " + target.getKey();
      Target.Answer answer = target.getValue().send(each.method(), each.path(), headers, body);
      check(where, each, answer);
      assertFalse(
          headers.containsKey("Authorization") && leaks(headers.get("Authorization"), answer),
          where);
    }
  }

  /** Whether an answer repeats a part of a token. */
  private static boolean leaks(String authorization, Target.Answer answer) {
    String token = authorization.substring(authorization.indexOf(' ') + 1);
    String all = answer.body() + answer.headers();
    return token.length() > 20 && all.contains(token.substring(0, 20));
  }

  private static void check(String where, MatrixCase each, Target.Answer answer) {
    String[] expected = each.expected().split(" ", -1);
    assertEquals(expected[0], Integer.toString(answer.status()), () -> where + ": " + answer);
    String challenge = answer.headers().get("www-authenticate");
    boolean challenged =
        List.of("401", "403").contains(expected[0]) || each.expected().contains("error=");
    if (challenged) {
      assertNotNull(challenge, where);
      assertTrue(challenge.startsWith("Bearer "), where);
      assertTrue(challenge.contains("resource_metadata=\"" + METADATA + "\""), where);
      JsonNode body = Json.parse(each.method().equals("HEAD") ? "{\"error\":{}}" : answer.body());
      assertTrue(body.path("error").isObject(), () -> where + ": the body must be JSON-RPC");
    } else {
      assertNull(challenge, where);
    }
    for (int i = 1; i < expected.length; i++) {
      int equals = expected[i].indexOf('=');
      String name = equals < 0 ? expected[i] : expected[i].substring(0, equals);
      String value = equals < 0 ? "" : expected[i].substring(equals + 1).replace('~', ' ');
      switch (name) {
        case "error" -> {
          if (value.equals("-")) {
            assertFalse(String.valueOf(challenge).contains("error"), where);
          } else {
            assertTrue(
                String.valueOf(challenge).contains("error=\"" + value + "\""),
                () -> where + ": " + challenge);
          }
        }
        case "scope" ->
          assertTrue(
              String.valueOf(challenge).contains("scope=\"" + value + "\""),
              () -> where + ": " + challenge);
        case "text" ->
          assertTrue(answer.body().contains(value), () -> where + ": " + answer.body());
        case "code" ->
          assertEquals(
              Integer.parseInt(value),
              Json.parse(answer.body()).path("error").path("code").asInt(),
              where);
        case "metadata" -> checkMetadata(where, answer);
        case "no-challenge" -> assertNull(challenge, where);
        default -> throw new IllegalArgumentException("unknown expectation " + name);
      }
    }
  }

  private static void checkMetadata(String where, Target.Answer answer) {
    JsonNode expected = Json.parse("""
        {"resource":"https://api.example.com/dev/echo/mcp",
         "authorization_servers":["https://login.example.com/tenant"],
         "bearer_methods_supported":["header"],
         "scopes_supported":["mcp:use","files:read","files:write"],
         "resource_name":"Echo",
         "resource_documentation":"https://docs.example.com"}
        """);
    assertEquals(expected, Json.parse(answer.body()), where);
    assertEquals("application/json", answer.headers().get("content-type"), where);
    assertEquals("*", answer.headers().get("access-control-allow-origin"), where);
    assertEquals("public, max-age=3600", answer.headers().get("cache-control"), where);
  }
}
