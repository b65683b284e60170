package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The handler of typed events, as Lambda calls it. */
class TypedEventsTest {
  @Test
  void eventIsAnswered() {
    APIGatewayV2HTTPEvent event = APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRawPath("/mcp")
        .withHeaders(Map.of("content-type", "application/json", "host", "api.example.com"))
        .withRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder()
            .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                .withMethod("POST")
                .withPath("/mcp")
                .build())
            .build())
        .withBody("""
            {"jsonrpc":"2.0","id":1,"method":"tools/call",
              "params":{"name":"weather","arguments":{"city":"Oslo"}}}""")
        .build();
    APIGatewayV2HTTPResponse response = new TypedLambda().handleRequest(event, null);
    assertEquals(200, response.getStatusCode(), response::getBody);
    assertTrue(response.getBody().contains("\"temperature\":21.5"), response::getBody);
  }
}
