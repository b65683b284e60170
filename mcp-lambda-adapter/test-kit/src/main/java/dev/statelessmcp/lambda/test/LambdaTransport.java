package dev.statelessmcp.lambda.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.local.event.ClientRequest;
import dev.statelessmcp.lambda.local.event.EventFormat;
import dev.statelessmcp.lambda.local.event.EventFormats;
import dev.statelessmcp.lambda.local.event.Gateway;
import dev.statelessmcp.lambda.local.event.GatewayResponse;
import dev.statelessmcp.lambda.local.event.MalformedAnswerException;
import dev.statelessmcp.lambda.local.http.Header;
import dev.statelessmcp.test.HttpTestTransport;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Connects an {@link McpTestClient} to a Lambda handler in this process: each HTTP request becomes
 * the event of a sender, and the answer of the handler becomes the HTTP response.
 *
 * <pre>{@code
 * TestTransport transport = LambdaTransport.of(new EchoLambda(), LambdaEvent.HTTP_API, "/mcp");
 * McpTestClient.of(transport).call("echo", Map.of("message", "hi")).hasText("Echo: hi");
 * }</pre>
 *
 * <p>Answers are buffered, as on a managed runtime: progress comes with the answer, and there are
 * no subscriptions. With the events of API Gateway, the caller of {@link McpTestClient#caller} is
 * passed as the result of an authorizer. For streams, start the local Lambda and use
 * {@link McpTestClient#http}.
 */
public final class LambdaTransport {
  /** A REST API always has a stage. */
  private static final String STAGE = "test";

  private LambdaTransport() {}

  /**
   * Creates a transport to a handler.
   *
   * @param handler the handler; not null
   * @param event the sender of the events; not null
   * @param path the path of the requests, such as {@code /mcp}; not used by direct invocations; not
   *     null
   * @return the transport
   */
  public static TestTransport of(McpLambdaHandler handler, LambdaEvent event, String path) {
    return of(sent -> handler.serve(sent, null), event, path);
  }

  /**
   * Creates a transport to another function, such as one with typed events.
   *
   * @param function takes an event and returns the answer; not null
   * @param event the sender of the events; not null
   * @param path the path of the requests, such as {@code /mcp}; not used by direct invocations; not
   *     null
   * @return the transport
   */
  public static TestTransport of(UnaryOperator<JsonNode> function, LambdaEvent event, String path) {
    return event == LambdaEvent.DIRECT
        ? incoming -> new Direct(function)
        : new Http(function, event, path);
  }

  /**
   * Creates a transport to a function in a separate process.
   *
   * @param process the function; not null, not closed by the transport
   * @param event the sender of the events; not null
   * @param path the path of the requests, such as {@code /mcp}; not used by direct invocations; not
   *     null
   * @return the transport; a request fails if the function does
   */
  public static TestTransport of(LambdaProcess process, LambdaEvent event, String path) {
    UnaryOperator<JsonNode> function = sent -> {
      InvocationResult result = process.invoke(Json.write(sent));
      if (result.isError()) {
        throw new AssertionError("the function failed: " + result.text());
      }
      return Json.parse(result.text());
    };
    return of(function, event, path);
  }

  private static final class Http extends HttpTestTransport {
    private final UnaryOperator<JsonNode> function;
    private final LambdaEvent sender;
    private final EventFormat format;
    private final String path;

    Http(UnaryOperator<JsonNode> function, LambdaEvent sender, String path) {
      this.function = function;
      this.sender = sender;
      String stage = sender == LambdaEvent.REST_API ? STAGE : null;
      this.format = EventFormats.of(sender.format(), new Gateway(stage, List.of(), List.of()));
      this.path = format.pathPrefix() + path;
    }

    @Override
    public boolean carriesCallers() {
      return switch (sender) {
        case REST_API, HTTP_API, HTTP_API_1 -> true;
        default -> false;
      };
    }

    @Override
    protected void send(Request request, Reply reply) throws IOException {
      ClientRequest sent = clientRequest(request);
      GatewayResponse response = format.refusal(sent).orElse(null);
      if (response == null) {
        byte[] bytes = format.event(sent);
        ObjectNode event = (ObjectNode) Json.parse(new String(bytes, StandardCharsets.UTF_8));
        addCaller(event, request.message().caller());
        try {
          response = format.answer(sent, Json.write(function.apply(event)));
        } catch (MalformedAnswerException e) {
          throw new IOException("the service refuses this answer: " + e.getMessage(), e);
        }
      }
      Map<String, String> headers = new LinkedHashMap<>();
      response
          .headers()
          .forEach(header -> headers.merge(
              header.name(), header.value(), (first, second) -> first + ", " + second));
      reply.begin(response.status(), headers);
      reply.write(response.body(), response.body().length);
    }

    private ClientRequest clientRequest(Request request) {
      List<Header> headers = new ArrayList<>();
      request.headers().forEach((name, value) -> headers.add(new Header(name, value)));
      if (Header.first(headers, "Host") == null) {
        headers.add(new Header("Host", "mcp.example.com"));
      }
      byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
      return new ClientRequest(
          request.method(), path, null, "HTTP/1.1", headers, 0, body, "192.0.2.1", 443);
    }

    /** What a Cognito or JWT authorizer adds. */
    private void addCaller(ObjectNode event, Caller caller) {
      if (caller.isAnonymous()) {
        return;
      }
      ObjectNode authorizer = event.withObjectProperty("requestContext").putObject("authorizer");
      ObjectNode parent = sender == LambdaEvent.HTTP_API ? authorizer.putObject("jwt") : authorizer;
      ObjectNode claims = parent.putObject("claims");
      claims.setAll(caller.claims().deepCopy());
      claims.put("sub", caller.principal()).put("scope", String.join(" ", caller.scopes()));
    }
  }

  /** The event is the message, and so is the answer. */
  private record Direct(UnaryOperator<JsonNode> function) implements TestTransport.Connection {
    @Override
    public void send(TestTransport.Outgoing message, TestTransport.Receiver receiver) {
      receiver.sent();
      JsonNode answer = function.apply(message.message());
      if (!answer.isEmpty()) {
        receiver.received(answer);
      }
    }

    @Override
    public void close() {}
  }
}
