package dev.statelessmcp.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import dev.statelessmcp.json.Json;
import java.math.BigDecimal;

/**
 * The id of a request: a string or an integer, kept as it was sent, so that an answer echoes it
 * exactly. Immutable; two ids are equal if they are the same JSON value ({@code 1} is not
 * {@code "1"}).
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
   * An id that is a number.
   *
   * @param number the number
   * @return the id
   */
  public static RequestId of(long number) {
    return new RequestId(Json.NODES.numberNode(number));
  }

  /**
   * An id that is a string.
   *
   * @param text the string; not null
   * @return the id
   */
  public static RequestId of(String text) {
    return new RequestId(Json.NODES.textNode(text));
  }

  /**
   * Takes the id from a message.
   *
   * @param node the value of {@code id}; may be null
   * @return the id, or null if the value is neither a string nor an integer
   */
  public static RequestId from(JsonNode node) {
    if (node instanceof ValueNode value && (node.isTextual() || isInteger(node))) {
      return new RequestId(value);
    }
    return null;
  }

  private static boolean isInteger(JsonNode node) {
    if (node.isIntegralNumber()) {
      return true;
    }
    // JSON Schema's integer: 1.0 is one. The reader has bounded the exponent.
    return node.isBigDecimal() && node.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  /**
   * The id as JSON.
   *
   * @return the very value that was sent
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

  /** The id as it stands in JSON, with quotation marks if it is a string. */
  @Override
  public String toString() {
    return Json.text(value);
  }
}
