package dev.statelessmcp.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;

/** Builds one tree from one text. */
final class TreeReader implements Closeable {

  /**
   * A number such as 1e999999999 is a few bytes here and a gigabyte for whoever turns it into an
   * integer.
   */
  private static final int MAX_EXPONENT = 400;

  private final JsonParser parser;
  private final JsonLimits limits;

  TreeReader(byte[] utf8, JsonLimits limits) {
    this.parser = Utf8.parser(utf8);
    this.limits = limits;
  }

  JsonNode document() throws IOException, JsonSyntaxException {
    try {
      return onlyValue();
    } catch (StreamConstraintsException e) { // its message names settings of the parser
      boolean number = e.getOriginalMessage().startsWith("Number");
      throw failure(number ? "a number is too long" : "the text exceeds a limit of the parser");
    }
  }

  private JsonNode onlyValue() throws IOException, JsonSyntaxException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new JsonSyntaxException("the text is empty");
    }
    JsonNode node = value(first, 0);
    if (parser.nextToken() != null) {
      throw failure("there is more text after the JSON value");
    }
    return node;
  }

  private JsonNode value(JsonToken token, int depth) throws IOException, JsonSyntaxException {
    switch (token.id()) {
      case JsonTokenId.ID_START_OBJECT:
        return object(deeper(depth));
      case JsonTokenId.ID_START_ARRAY:
        return array(deeper(depth));
      case JsonTokenId.ID_STRING:
        return Json.NODES.textNode(checked(parser.getText()));
      case JsonTokenId.ID_TRUE:
        return Json.NODES.booleanNode(true);
      case JsonTokenId.ID_FALSE:
        return Json.NODES.booleanNode(false);
      case JsonTokenId.ID_NULL:
        return Json.NODES.nullNode();
      case JsonTokenId.ID_NUMBER_INT:
        return integer();
      case JsonTokenId.ID_NUMBER_FLOAT:
        return decimal();
      default:
        throw failure("unexpected " + token);
    }
  }

  private ObjectNode object(int depth) throws IOException, JsonSyntaxException {
    ObjectNode object = Json.object();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = checked(parser.currentName());
      JsonNode value = value(parser.nextToken(), depth);
      if (object.replace(name, value) != null) {
        throw failure("the member \"" + name + "\" stands twice in one object");
      }
    }
    return object;
  }

  private ArrayNode array(int depth) throws IOException, JsonSyntaxException {
    ArrayNode array = Json.array();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(token, depth));
    }
    return array;
  }

  private JsonNode integer() throws IOException {
    JsonParser.NumberType type = parser.getNumberType();
    if (type == JsonParser.NumberType.INT) {
      return Json.NODES.numberNode(parser.getIntValue());
    }
    return type == JsonParser.NumberType.LONG
        ? Json.NODES.numberNode(parser.getLongValue())
        : Json.NODES.numberNode(parser.getBigIntegerValue());
  }

  /** Exact: a double would turn 1e400 into infinity, which JSON cannot say. */
  private JsonNode decimal() throws IOException, JsonSyntaxException {
    BigDecimal decimal;
    try {
      decimal = parser.getDecimalValue();
    } catch (NumberFormatException | ArithmeticException e) { // an exponent beyond all bounds
      throw failure("a number is out of range");
    }
    if (decimal.scale() > 2 * MAX_EXPONENT || decimal.scale() < -MAX_EXPONENT) {
      throw failure("a number is out of range");
    }
    return Json.NODES.numberNode(decimal);
  }

  private int deeper(int depth) throws JsonSyntaxException {
    if (depth >= limits.maxDepth()) {
      throw failure("the text nests deeper than " + limits.maxDepth() + " levels");
    }
    return depth + 1;
  }

  private String checked(String text) throws JsonSyntaxException {
    if (text.length() > limits.maxStringLength()) {
      throw failure("a string is longer than " + limits.maxStringLength() + " characters");
    }
    return text;
  }

  private JsonSyntaxException failure(String message) {
    return new JsonSyntaxException(message + Json.place(parser.currentLocation()));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
