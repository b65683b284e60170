package dev.statelessmcp.lambda.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.Invocation;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.TestFunction;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedHandlerTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
          + "\"arguments\":{\"message\":\"hello\"}}}";

  record Say(String message) {}

  private final List<APIGatewayV2HTTPEvent> seen = new ArrayList<>();
  private final List<JsonNode> trees = new ArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final McpServer server = McpServer.named("test", "1")
      .tool(Tool.of("echo", "", Say.class, (say, call) -> {
        calls.incrementAndGet();
        seen.add(call.attributes().get(APIGatewayV2HTTPEvent.class).orElse(null));
        trees.add(call.attributes().get(Invocation.class).orElseThrow().event());
        return ToolResult.text(say.message());
      }))
      .build();

  /** A subclass, as users write it. */
  static final class Extended extends McpHttpApiHandler {
    private int answered;

    Extended(McpServer server) {
      super(server);
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
      answered++;
      return super.handleRequest(event, context);
    }
  }

  private static APIGatewayV2HTTPEvent call() {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    event.setHeaders(Map.of("content-type", "application/json", "host", "example.com"));
    event.setCookies(List.of("a=b"));
    event.setBody(CALL);
    event.setRequestContext(new APIGatewayV2HTTPEvent.RequestContext());
    event.getRequestContext().setHttp(new APIGatewayV2HTTPEvent.RequestContext.Http());
    event.getRequestContext().getHttp().setMethod("POST");
    return event;
  }

  private static void assertJsonRpc(int status, int wanted, String body) {
    assertEquals(wanted, status, body);
    assertTrue(Json.parse(body).at("/error/code").intValue() <= -32600, body);
  }

  @Test
  void theWarmUpRunsNoHandler() {
    assertNotNull(new McpRestApiHandler(server));
    assertNotNull(new McpHttpApiHandler(server));
    assertNotNull(new McpLoadBalancerHandler(server));
    assertEquals(0, calls.get());
  }

  @Test
  void itsEventIsAnAttributeOfACallAndItsTreeIsWhole() {
    Extended handler = new Extended(server);
    APIGatewayV2HTTPEvent event = call();
    assertEquals(200, handler.handleRequest(event, null).getStatusCode());
    assertEquals(1, handler.answered);
    assertSame(event, seen.get(0));
    assertEquals("a=b", trees.get(0).at("/cookies/0").textValue());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRestApiMaySendNothingAtAll(boolean nothing) {
    McpRestApiHandler handler = new McpRestApiHandler(server);
    APIGatewayProxyRequestEvent event = nothing ? null : new APIGatewayProxyRequestEvent();
    APIGatewayProxyResponseEvent answer = handler.handleRequest(event, null);
    assertJsonRpc(answer.getStatusCode(), 405, answer.getBody());
    APIGatewayProxyRequestEvent post = new APIGatewayProxyRequestEvent().withHttpMethod("POST");
    answer = handler.handleRequest(post, null);
    assertJsonRpc(answer.getStatusCode(), 415, answer.getBody());
    post.setHeaders(new HashMap<>());
    post.getHeaders().put(null, "x");
    post.getHeaders().put("X-Nothing", null);
    post.setRequestContext(new APIGatewayProxyRequestEvent.ProxyRequestContext());
    answer = handler.handleRequest(post, null);
    assertJsonRpc(answer.getStatusCode(), 415, answer.getBody());
    post.setHeaders(Map.of("content-type", "application/json"));
    answer = handler.handleRequest(post, null);
    assertJsonRpc(answer.getStatusCode(), 400, answer.getBody());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anHttpApiMaySendNothingAtAll(boolean nothing) {
    McpHttpApiHandler handler = new McpHttpApiHandler(server);
    APIGatewayV2HTTPEvent event = nothing ? null : new APIGatewayV2HTTPEvent();
    APIGatewayV2HTTPResponse answer = handler.handleRequest(event, null);
    assertJsonRpc(answer.getStatusCode(), 405, answer.getBody());
    APIGatewayV2HTTPEvent post = call();
    post.setHeaders(null);
    post.setBody(null);
    post.getRequestContext().setAuthorizer(new APIGatewayV2HTTPEvent.RequestContext.Authorizer());
    answer = handler.handleRequest(post, null);
    assertJsonRpc(answer.getStatusCode(), 415, answer.getBody());
    post.getRequestContext().setHttp(null);
    answer = handler.handleRequest(post, null);
    assertJsonRpc(answer.getStatusCode(), 405, answer.getBody());
    assertNull(answer.getMultiValueHeaders());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLoadBalancerMaySendNothingAtAll(boolean nothing) {
    McpLoadBalancerHandler handler = new McpLoadBalancerHandler(server);
    ApplicationLoadBalancerRequestEvent event =
        nothing ? null : new ApplicationLoadBalancerRequestEvent();
    ApplicationLoadBalancerResponseEvent answer = handler.handleRequest(event, null);
    assertJsonRpc(answer.getStatusCode(), 405, answer.getBody());
    assertEquals("405 Method Not Allowed", answer.getStatusDescription());
    ApplicationLoadBalancerRequestEvent post = new ApplicationLoadBalancerRequestEvent();
    post.setHttpMethod("POST");
    post.setRequestContext(new ApplicationLoadBalancerRequestEvent.RequestContext());
    answer = handler.handleRequest(post, null);
    assertJsonRpc(answer.getStatusCode(), 415, answer.getBody());
    assertNull(answer.getMultiValueHeaders());
  }

  @Test
  void eventThatContainsItselfIsAnInternalError() {
    Map<String, Object> endless = new HashMap<>();
    endless.put("again", List.of(endless));
    APIGatewayV2HTTPEvent event = call();
    event.getRequestContext().setAuthorizer(new APIGatewayV2HTTPEvent.RequestContext.Authorizer());
    event.getRequestContext().getAuthorizer().setLambda(endless);
    APIGatewayV2HTTPResponse answer = new McpHttpApiHandler(server).handleRequest(event, null);
    assertJsonRpc(answer.getStatusCode(), 500, answer.getBody());
    assertEquals(0, calls.get());
  }

  @Test
  void aServerThatAsksNeedsStateKeys() {
    McpServer asking = McpServer.named("test", "1")
        .tool(Tool.of(
                "ask",
                "",
                Say.class,
                (say, call) -> ToolResult.text(
                    call.ask("word", Question.form("Which?", Say.class)).message()))
            .asks(QuestionKind.FORM))
        .build();
    LambdaSettings settings = LambdaSettings.defaults();
    for (RuntimeException e : List.of(
        assertThrows(IllegalStateException.class, () -> new McpRestApiHandler(asking, settings)),
        assertThrows(IllegalStateException.class, () -> new McpHttpApiHandler(asking, settings)),
        assertThrows(
            IllegalStateException.class, () -> new McpLoadBalancerHandler(asking, settings)),
        assertThrows(IllegalStateException.class, () -> new TestFunction(asking, settings)))) {
      assertTrue(e.getMessage().contains("stateKeys"), e.getMessage());
    }
    assertNotNull(new McpHttpApiHandler(asking, settings.allowProcessStateKeys()));
  }

  /** The runtime, and frameworks like it, find out by this what to fill an event into. */
  @Test
  void theClassesOfEventAndAnswerCanBeSeen() {
    Map<Class<?>, List<Class<?>>> types = Map.of(
        McpRestApiHandler.class,
        List.of(APIGatewayProxyRequestEvent.class, APIGatewayProxyResponseEvent.class),
        McpHttpApiHandler.class,
        List.of(APIGatewayV2HTTPEvent.class, APIGatewayV2HTTPResponse.class),
        McpLoadBalancerHandler.class,
        List.of(
            ApplicationLoadBalancerRequestEvent.class, ApplicationLoadBalancerResponseEvent.class));
    types.forEach((handler, expected) -> {
      ParameterizedType type = (ParameterizedType) handler.getGenericInterfaces()[0];
      assertSame(RequestHandler.class, type.getRawType());
      assertEquals(expected, Arrays.asList(type.getActualTypeArguments()));
    });
  }
}
