package dev.statelessmcp.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.test.McpTestClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What annotated methods do, over a transport. */
abstract class WeatherSuite {
  private McpTestClient client;

  abstract McpTestClient connect() throws Exception;

  @BeforeEach
  void open() throws Exception {
    client = connect();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void toolsStandInTheOrderOfTheSource() {
    assertEquals(
        List.of(
            "forecast",
            "two-words",
            "reset",
            "forecasts",
            "length",
            "sky",
            "text",
            "contents",
            "result",
            "any",
            "who",
            "fail",
            "nothing",
            "restricted",
            "greet"),
        List.copyOf(client.tools().keySet()));
    assertEquals(
        "{\"name\":\"forecast\",\"title\":\"Forecast\",\"description\":\"The weather at a place\","
            + "\"inputSchema\":{\"type\":\"object\",\"properties\":{\"place\":{\"type\":\"string\","
            + "\"description\":\"City and country\",\"x-mcp-header\":\"Place\"},\"days\":{\"type\":"
            + "\"integer\",\"minimum\":1,\"maximum\":14,\"default\":1},\"unit\":{\"type\":\"string\","
            + "\"enum\":[\"CELSIUS\",\"FAHRENHEIT\"]}},\"required\":[\"place\"],"
            + "\"additionalProperties\":false},\"outputSchema\":{\"type\":\"object\",\"properties\":"
            + "{\"place\":{\"type\":\"string\"},\"degrees\":{\"type\":\"number\"},\"unit\":{\"type\":"
            + "\"string\",\"enum\":[\"CELSIUS\",\"FAHRENHEIT\"]}},\"required\":[\"place\",\"degrees\","
            + "\"unit\"],\"additionalProperties\":false},\"annotations\":{\"readOnlyHint\":true,"
            + "\"openWorldHint\":false}}",
        client.tools().get("forecast").toString());
  }

  @Test
  void argumentsAreCheckedAsThoseOfRecords() {
    client
        .call("forecast", Map.of("place", "Oslo", "days", 3, "unit", "FAHRENHEIT"))
        .hasStructured("{\"place\":\"Oslo\",\"degrees\":23.5,\"unit\":\"FAHRENHEIT\"}");
    client
        .call("forecast", Map.of("place", "Oslo"))
        .hasStructured("{\"place\":\"Oslo\",\"degrees\":21.5,\"unit\":\"CELSIUS\"}");
    client.call("forecast", Map.of("place", "Oslo", "days", "2")).isOk();
    client
        .call("forecast", Map.of("place", "Oslo", "days", 15))
        .hasErrorAt("arguments.days", "must be from 1 to 14, was 15");
    client
        .call("two-words", Map.of("a", "x", "c", "y"))
        .hasToolError("arguments.b is required", "arguments.c is not known; known are a, b");
  }

  @Test
  void everyTypeIsReturned() {
    client.call("two-words", Map.of("a", "x", "b", "y")).hasText("x y");
    assertEquals(0, client.call("reset").isOk().at("/result/content").size());
    client.call("text", Map.of("what_to_say", "hi")).hasText("hi");
    assertEquals(2, client.call("contents").isOk().result().get("content").size());
    client.call("result").hasToolError("no");
    client
        .call(
            "sky",
            "{\"sky\":{\"kind\":\"clear\"},\"others\":{\"best\":{\"kind\":\"cloudy\",\"percent\":5}}}")
        .hasStructured("{\"kind\":\"cloudy\",\"percent\":5}");
    client
        .call("sky", "{\"sky\":{\"kind\":\"foggy\"},\"others\":{}}")
        .hasErrorAt("arguments.sky.kind", "must be one of clear, cloudy");
    client
        .call("forecasts", Map.of("places", List.of("a")))
        .hasStructured("[{\"place\":\"a\",\"degrees\":1.0,\"unit\":\"CELSIUS\"}]");
    client.call("length", Map.of("text", "four")).hasStructured("4");
    client.call("length").hasStructured("-1");
    client.call("any", Map.of("value", List.of(1))).hasStructured("[1]");
  }

  /** Revisions before 2026-07-28 take only objects. */
  @Test
  void answersThatAreNoObjectsAreWrappedForLegacyClients() {
    try (McpTestClient legacy = client.legacy()) {
      legacy.call("length", Map.of("text", "four")).hasStructured("{\"result\":4}");
      assertEquals(
          "integer",
          legacy
              .tools()
              .get("length")
              .at("/outputSchema/properties/result/type")
              .textValue());
    }
  }

  @Test
  void exceptionsAreThoseOfHandlers() {
    client.call("fail", Map.of("how", "tool")).hasToolError("try another place");
    client.call("fail", Map.of("how", "checked")).hasError(-32603, "Internal error");
    client.call("fail", Map.of("how", "unchecked")).hasError(-32603, "Internal error");
    client.call("nothing").hasError(-32603, "Internal error");
  }

  @Test
  void callerNeedsTheScopes() {
    client.call("restricted").hasError(403, "weather:change");
  }

  @Test
  void methodAsks() {
    client.answers("name", new Weather.Name("Ann")).call("greet").hasText("Hello Ann");
  }

  @Test
  void resourcesAreRead() {
    assertEquals(
        List.of("weather://stations", "weather://map"),
        List.copyOf(client.resources().keySet()));
    assertEquals(
        "Stations", client.resources().get("weather://stations").get("title").textValue());
    client.read("weather://stations").has("/contents/0/text", "Blindern");
    client.read("weather://map").has("/contents/0/blob", "d2VhdGhlcjovL21hcA==");
    assertEquals(
        List.of("weather://log/{day}/{level}"),
        List.copyOf(client.resourceTemplates().keySet()));
    client.read("weather://log/2026-01-30/2").has("/contents/0/text", "2026-02-01");
    client.read("weather://log/yesterday/2").hasError(-32602, "uri.day must be a date");
    client.read("weather://log/2026-01-30/10").hasError(-32602);
  }

  @Test
  void promptsAreWritten() {
    assertEquals(
        "[{\"name\":\"place\",\"description\":\"where\",\"required\":true},{\"name\":\"days\","
            + "\"required\":false}]",
        client.prompts().get("clothes").get("arguments").toString());
    client
        .prompt("clothes", Map.of("place", "Oslo"))
        .has("/messages/0/content/text", "What do I wear in Oslo for 2 days?");
    client
        .prompt("clothes", Map.of("place", "Oslo", "days", "5"))
        .has("/messages/0/content/text", "What do I wear in Oslo for 5 days?");
    client
        .prompt("clothes", Map.of("place", "Oslo", "days", "many"))
        .hasError(-32602, "arguments.days must be an integer");
    client
        .prompt("dialogue", Map.of("unit", "CELSIUS"))
        .has("/messages/1/content/text", "Optional[CELSIUS]");
    client.prompt("everything", Map.of()).has("/description", "d");
  }
}
