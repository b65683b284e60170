package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.http.HttpDocument;
import dev.statelessmcp.json.Json;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents beside the endpoint, behind stages and base paths. */
class DocumentsTest {
  private static final TestFunction FUNCTION = new TestFunction(
      FixtureServer.create(),
      LambdaSettings.defaults()
          .path("/echo/mcp")
          .document(
              "/echo/mcp/server-card",
              request -> HttpDocument.json(Json.object().put("name", "fixtures"))));

  private static JsonNode send(EventShape shape, String method, String path) {
    return FUNCTION.invoke(
        shape.event(method, path, Map.of("Host", "api.example.com", "Accept", "*/*"), ""));
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void areServedThroughEveryEvent(EventShape shape) {
    JsonNode card = send(shape, "GET", "/echo/mcp/server-card");
    assertEquals(200, card.get("statusCode").intValue());
    assertEquals("{\"name\":\"fixtures\"}", card.get("body").textValue());
    assertEquals("application/json", shape.headers(card).get("content-type"));
    assertEquals(
        405, send(shape, "POST", "/echo/mcp/server-card").get("statusCode").intValue());
    assertEquals(404, send(shape, "GET", "/echo/other").get("statusCode").intValue());
  }
}
