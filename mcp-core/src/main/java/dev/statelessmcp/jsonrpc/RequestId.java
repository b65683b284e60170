package dev.statelessmcp.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import dev.statelessmcp.json.Json;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request: a string or an integer. It is kept as it was sent, because the response must
 * repeat it exactly. Two ids are equal if they are the same JSON value: {@code 1} equals
 * {@code 1.0} and differs from {@code "1"}. Immutable and thread-safe.
 *
 * <p>See <a
 * href="https://modelcontextprotocol.io/specification/2026-07-28/basic#requests">"Requests MUST
 * include a string or integer ID"</a>.
 */
public final class RequestId {
  private final ValueNode value;

  private RequestId(ValueNode value) {
    this.value = value;
  }

  /**
   * Creates an id that is a number.
   *
   * @param number the number
   * @return the id; never null
   */
  public static RequestId of(long number) {
    return new RequestId(Json.NODES.numberNode(number));
  }

  /**
   * Creates an id that is a string.
   *
   * @param text the string; not null
   * @return the id; never null
   */
  public static RequestId of(String text) {
    return new RequestId(Json.NODES.textNode(text));
  }

  /**
   * Reads the id of a message.
   *
   * @param node the value of {@code id}; null if there is none
   * @return the id; empty if the value is neither a string nor an integer, or is a string with an
   *     unpaired surrogate, which UTF-8 cannot encode
   */
  public static Optional<RequestId> from(@Nullable JsonNode node) {
    if (node instanceof ValueNode value && (isRepeatable(node) || isInteger(node))) {
      return Optional.of(new RequestId(value));
    }
    return Optional.empty();
  }

  private static boolean isRepeatable(JsonNode node) {
    return node.isTextual() && !Json.hasReplacement(node);
  }

  private static boolean isInteger(JsonNode node) {
    if (node.isIntegralNumber()) {
      return true;
    }
    // 1.0 is an integer in JSON Schema. The JSON reader has limited the exponent.
    return node.isBigDecimal() && node.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  /**
   * Returns the id as JSON.
   *
   * @return the value as it was sent; never null
   */
  public JsonNode toJson() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof RequestId that) || value.isTextual() != that.value.isTextual()) {
      return false;
    }
    return value.isTextual()
        ? value.textValue().equals(that.value.textValue())
        : number().compareTo(that.number()) == 0;
  }

  @Override
  public int hashCode() {
    return value.isTextual()
        ? value.textValue().hashCode()
        : number().stripTrailingZeros().hashCode();
  }

  private BigDecimal number() {
    return value.decimalValue();
  }

  /** Returns the id as JSON text, with quotation marks if it is a string. */
  @Override
  public String toString() {
    return Json.text(value);
  }
}
