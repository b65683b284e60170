package dev.statelessmcp.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.fixtures.FixtureCase;
import dev.statelessmcp.fixtures.FixtureRequest;
import dev.statelessmcp.fixtures.Fixtures;
import dev.statelessmcp.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes messages of the protocol fixtures: with another id, method or params, in batches, with
 * faults at any depth, and with headers that fit the message or do not. A message depends on its
 * seed and number alone, so each can be made again without those before it. Thread-safe.
 */
public final class FuzzMessages {
  private static final List<String> METHODS = List.of(
      "initialize",
      "ping",
      "server/discover",
      "tools/list",
      "tools/call",
      "prompts/list",
      "prompts/get",
      "resources/list",
      "resources/templates/list",
      "resources/read",
      "resources/subscribe",
      "resources/unsubscribe",
      "completion/complete",
      "logging/setLevel",
      "subscriptions/listen",
      "search/query",
      "search/indexes",
      "notifications/initialized",
      "notifications/cancelled",
      "notifications/progress",
      "notifications/roots/list_changed",
      "tools/call ",
      "rpc.discover");

  private static final List<String> HEADERS = List.of(
      "Content-Type",
      "Accept",
      "MCP-Protocol-Version",
      "Mcp-Method",
      "Mcp-Name",
      "Mcp-Session-Id",
      "Mcp-Param-Region",
      "Mcp-Param-Limit",
      "Last-Event-ID",
      "Origin",
      "Content-Encoding",
      "Authorization",
      "X-Forwarded-For",
      "Cookie");

  private static final List<String> VALUES = List.of(
      "application/json; charset=utf-8",
      "application/json;charset=\"utf8\"",
      "APPLICATION/JSON",
      "application/json; charset=utf-16",
      "text/plain",
      "*/*",
      "application/*;q=0.5",
      "text/event-stream",
      "application/json;q=0, text/event-stream",
      "2026-07-28",
      "2025-11-25",
      "2025-06-18, 2025-06-18",
      "2024-11-05",
      "1999-01-01",
      "tools/call",
      "=?base64?ZWNobw==?=",
      "=?base64?ZWNobw?=",
      "=?base64??=",
      "=?base64?",
      "http://localhost:8080",
      "https://evil.example",
      "null",
      "gzip",
      "identity",
      "Bearer x",
      "42",
      "4.2e1",
      "1e999999999");

  private static final List<String> HTTP_METHODS =
      List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");

  private final List<FixtureCase> fixtures;
  private final long seed;

  /**
   * Makes messages for some servers.
   *
   * @param servers the names of the servers
   * @param seed decides every message
   */
  public FuzzMessages(Set<String> servers, long seed) {
    this.fixtures = Fixtures.all().stream()
        .filter(fixture -> servers.contains(fixture.fixture().server()))
        .toList();
    this.seed = seed;
  }

  /**
   * The message of a number.
   *
   * @param number which message
   * @return a new message, always the same for the seed and the number
   */
  public FuzzMessage message(int number) {
    Mutations chance = new Mutations(seed * 1_000_003 + number);
    FixtureCase fixture = chance.oneOf(fixtures);
    FixtureRequest request = fixture.request();
    JsonNode tree = parsed(request.body());
    byte[] body;
    if (tree == null) { // a fixture of a text that is not JSON
      body = chance.damaged(request.body().getBytes(StandardCharsets.UTF_8));
    } else {
      tree = varied(tree, chance);
      for (int faults = chance.below(4); faults > 0; faults--) {
        chance.spoil(tree);
      }
      body = chance.below(3) == 0 ? chance.damaged(Json.write(tree)) : Json.write(tree);
    }
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    if (tree != null && chance.below(4) > 0) { // those which go with what the message is now
      headers.putAll(FixtureCase.headersOf(tree, request.version()));
    }
    for (int faults = chance.below(4) == 0 ? 1 + chance.below(2) : 0; faults > 0; faults--) {
      spoil(headers, chance);
    }
    headers.replaceAll((name, value) -> value.replaceAll("[^\\t -~]", "?").strip());
    String method = chance.below(40) == 0 ? chance.oneOf(HTTP_METHODS) : request.method();
    return new FuzzMessage(
        fixture.fixture().name(),
        fixture.fixture().server(),
        request.version(),
        request.modern(),
        method,
        headers,
        body);
  }

  private static JsonNode parsed(String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The message of a fixture with parts of others. */
  private JsonNode varied(JsonNode tree, Mutations chance) {
    if (tree instanceof ObjectNode message) {
      switch (chance.below(12)) {
        case 0 -> message.put("method", chance.oneOf(METHODS));
        case 1, 2 -> message.set("id", id(chance));
        case 3 -> {
          JsonNode params = other(chance).get("params");
          if (params != null) {
            message.set("params", params);
          }
        }
        case 4 -> message.remove("id");
        case 5 -> {
          return batch(message, chance);
        }
        default -> {
          // As it is
        }
      }
    }
    return tree;
  }

  private ArrayNode batch(ObjectNode first, Mutations chance) {
    ArrayNode batch = Json.array().add(first);
    for (int more = chance.below(4); more > 0; more--) {
      ObjectNode message = other(chance);
      if (message.has("id") && chance.below(5) > 0) {
        message.put("id", 100 + more);
      }
      batch.add(message);
    }
    return batch;
  }

  private ObjectNode other(Mutations chance) {
    List<JsonNode> tried = new ArrayList<>();
    while (tried.size() < 100) {
      JsonNode tree = parsed(chance.oneOf(fixtures).request().body());
      if (tree instanceof ObjectNode message) {
        return message;
      }
      tried.add(tree);
    }
    return Json.object();
  }

  private static JsonNode id(Mutations chance) {
    return switch (chance.below(12)) {
      case 0 -> Json.NODES.textNode("");
      case 1 -> Json.NODES.textNode("x".repeat(chance.below(3000)));
      case 2 -> Json.NODES.textNode(chance.word());
      case 3 -> Json.NODES.numberNode(0);
      case 4 -> Json.NODES.numberNode(-1);
      case 5 -> Json.NODES.numberNode(Long.MAX_VALUE);
      case 6 -> Json.NODES.numberNode(BigInteger.TEN.pow(chance.below(300)));
      case 7 -> Json.NODES.numberNode(1.5);
      case 8 -> Json.NODES.numberNode(new java.math.BigDecimal("1.0"));
      case 9 -> Json.NODES.numberNode(new java.math.BigDecimal("1E+2"));
      case 10 -> Json.NODES.nullNode();
      default -> Json.object();
    };
  }

  private static void spoil(Map<String, String> headers, Mutations chance) {
    List<String> names = new ArrayList<>(headers.keySet());
    names.addAll(HEADERS);
    String name = chance.oneOf(names);
    switch (chance.below(5)) {
      case 0 -> headers.remove(name);
      case 1 -> headers.put(name, chance.word());
      case 2 -> headers.computeIfPresent(name, (n, value) -> value + ", " + value);
      default -> headers.put(name, chance.oneOf(VALUES));
    }
  }
}
