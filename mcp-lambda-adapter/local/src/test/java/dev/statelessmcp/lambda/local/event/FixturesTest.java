package dev.statelessmcp.lambda.local.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded events, where there are any, have the members that are made here. */
class FixturesTest {
  private static final Path FIXTURES = Path.of("..", "..", "..", "shared", "lambda-events");
  /** Members that are there or not by what a client sends. */
  private static final Set<String> OPEN = Set.of(
      "headers", "multiValueHeaders", "queryStringParameters", "multiValueQueryStringParameters");

  @ParameterizedTest
  @CsvSource({
    "rest, dev, rest-v1-post-stage",
    "rest, dev, rest-v1-get-no-body",
    "rest, dev, rest-v1-mixed-case-multi",
    "http1, , http-api-payload-1.0",
    "http, , http-v2-default-stage",
    "http, dev, http-v2-named-stage",
    "http, , http-v2-query-cookies",
    "url, , function-url-none",
    "url, , function-url-base64",
    "url, , function-url-delete",
    "alb, , alb-single",
    "alb-multi, , alb-multi",
    "lattice, , lattice-v2",
    "lattice1, , lattice-v1"
  })
  void sameMembers(String name, String stage, String fixture) throws Exception {
    Path file = FIXTURES.resolve(fixture + ".json");
    assumeTrue(Files.exists(file), "no recorded events");
    byte[] bytes = Files.readAllBytes(file);
    JsonNode recorded = Json.parse(bytes, bytes.length);
    EventFormat format = EventFormats.of(name, new Gateway(stage, List.of("/echo/mcp"), List.of()));
    String method = List.of("/method", "/httpMethod", "/requestContext/http/method").stream()
        .map(recorded::at)
        .filter(JsonNode::isTextual)
        .findFirst()
        .orElseThrow()
        .textValue();
    boolean query = !recorded.path("rawQueryString").asText("").isEmpty()
        || !recorded.path("queryStringParameters").isEmpty()
        || !recorded.path("multiValueQueryStringParameters").isEmpty();
    byte[] body =
        recorded.path("body").asText("").isEmpty() || recorded.path("body").isNull()
            ? new byte[0]
            : "{}".getBytes(UTF_8);
    List<Header> headers = recorded.has("cookies")
        ? List.of(new Header("Cookie", "a=b"), new Header("Content-Type", "application/json"))
        : List.of(new Header("Content-Type", "application/json"));
    String path = (stage == null ? "" : "/" + stage) + "/echo/mcp";
    JsonNode made = EventsTest.event(
        format,
        new ClientRequest(
            method, path, query ? "a=1" : null, "HTTP/1.1", headers, 9, body, "127.0.0.1", 1));
    assertEquals(shape(recorded, ""), shape(made, ""));
  }

  private static Set<String> shape(JsonNode tree, String at) {
    Set<String> places = new TreeSet<>();
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      JsonNode value = member.getValue();
      String place = at + "/" + member.getKey();
      places.add(place + ": " + (member.getKey().equals("userAgent") ? "" : value.getNodeType()));
      if (!OPEN.contains(member.getKey())) {
        places.addAll(shape(value, place));
      }
    }
    return places;
  }
}
