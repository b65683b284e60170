package dev.statelessmcp.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes JSON by chance, always in the same way for a seed. For one thread. */
public final class Mutations {
  private final Random random;

  /** Always the same for a seed. */
  public Mutations(long seed) {
    random = new Random(seed);
  }

  /** A number from 0 to one less than the limit, by chance. */
  public int below(int limit) {
    return random.nextInt(limit);
  }

  /** One of some, by chance. */
  public <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** A text with one to four faults. */
  public byte[] spoiled(JsonNode node) {
    JsonNode tree = node.deepCopy();
    for (int faults = 1 + random.nextInt(4); faults > 0; faults--) {
      spoil(tree);
    }
    return damaged(Json.write(tree));
  }

  /** A quarter of the texts with a fault that a tree cannot have. */
  byte[] damaged(byte[] bytes) {
    return switch (random.nextInt(12)) {
      case 0 -> withRandomBytes(bytes);
      case 1 -> withoutEnd(bytes);
      case 2 -> withRepeatedMember(bytes);
      default -> bytes;
    };
  }

  /** Adds, changes or removes one member or element, at any depth. */
  void spoil(JsonNode tree) {
    List<JsonNode> containers = new ArrayList<>();
    collect(tree, containers);
    if (containers.isEmpty()) {
      return;
    }
    JsonNode at = oneOf(containers);
    if (at instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.isEmpty() || random.nextInt(10) == 0 ? word() : oneOf(names);
      if (random.nextInt(4) == 0) {
        object.remove(name);
      } else {
        object.set(name, value(object.path(name)));
      }
    } else if (at instanceof ArrayNode array) {
      if (array.isEmpty() || random.nextInt(3) == 0) {
        array.add(value(array));
      } else {
        array.set(random.nextInt(array.size()), value(array.get(0)));
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private JsonNode value(JsonNode old) {
    return switch (random.nextInt(16)) {
      case 0 -> Json.NODES.nullNode();
      case 1 -> Json.NODES.booleanNode(random.nextBoolean());
      case 2 -> Json.NODES.numberNode(random.nextLong());
      case 3 -> Json.NODES.numberNode(BigInteger.TEN.pow(random.nextInt(400)).negate());
      case 4 -> Json.NODES.numberNode(random.nextGaussian() * 1e300);
      case 5 -> Json.array();
      case 6 -> Json.object();
      case 7 -> nested(1 + random.nextInt(200));
      case 8 -> old.isMissingNode() ? Json.array() : Json.array().add(old.deepCopy());
      case 9 -> Json.object().put(word(), word());
      case 10 ->
        Json.NODES.textNode(
            old.isTextual()
                ? spoiled(old.textValue())
                : Json.text(old.isMissingNode() ? Json.object() : old));
      case 11 -> old.isTextual() ? parsed(old.textValue()) : Json.NODES.textNode("");
      case 12 -> Json.NODES.textNode("x".repeat(random.nextInt(20_000)));
      default -> Json.NODES.textNode(word());
    };
  }

  /** A text that is JSON is spoiled as such, so that more than parse errors come of it. */
  private String spoiled(String text) {
    JsonNode inner = parsed(text);
    if (inner.isContainerNode() && random.nextInt(5) > 0) {
      spoil(inner);
      return Json.text(inner);
    }
    return new String(
        withRandomBytes(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
  }

  private static JsonNode parsed(String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      return Json.NODES.textNode(text + text);
    }
  }

  private static JsonNode nested(int depth) {
    JsonNode node = Json.NODES.numberNode(1);
    for (int i = 0; i < depth; i++) {
      node = i % 2 == 0 ? Json.array().add(node) : Json.object().set("a", node);
    }
    return node;
  }

  /** A text that means something somewhere. */
  String word() {
    return oneOf(List.of(
        "",
        "POST",
        "GET",
        "/",
        "//",
        "{proxy+}",
        "\u0000",
        "\ud800",
        "é€",
        "true",
        "2.0",
        "jsonrpc",
        "httpMethod",
        "requestContext",
        "http",
        "elb",
        "Records",
        "tools/call",
        "-1",
        "*",
        ";",
        ",",
        "application/json",
        "text/event-stream;q=0",
        "data:",
        "\r\n",
        "null",
        "arn:",
        "2026-07-28"));
  }

  private byte[] withRandomBytes(byte[] bytes) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(6); i >= 0 && changed.length > 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private byte[] withoutEnd(byte[] bytes) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
  }

  private static byte[] withRepeatedMember(byte[] bytes) {
    JsonNode tree = parsed(new String(bytes, StandardCharsets.UTF_8));
    if (!tree.isObject() || tree.isEmpty()) {
      return bytes;
    }
    Map.Entry<String, JsonNode> first = tree.properties().iterator().next();
    String member = Json.text(Json.object().set(first.getKey(), first.getValue()));
    String all = Json.text(tree);
    return (member.substring(0, member.length() - 1) + "," + all.substring(1))
        .getBytes(StandardCharsets.UTF_8);
  }
}
