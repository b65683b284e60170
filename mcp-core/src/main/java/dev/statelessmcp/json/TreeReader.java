package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Builds one tree from one text.
 *
 * <p>Jackson has parsers for this, but the class that all of them extend has constants of type
 * {@code BigDecimal}, and to initialize that takes JDK 25 about ten milliseconds. With Jackson's
 * parser, a cold start on Lambda takes a tenth longer. Here only the first number with a fraction
 * has that price.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class TreeReader {

  /**
   * A number such as 1e999999999 is a few bytes here and a gigabyte for whoever turns it into an
   * integer.
   */
  private static final int MAX_EXPONENT = 400;

  /** The time that a number takes grows with the square of its length. */
  private static final int MAX_NUMBER_LENGTH = 1000;

  /** An integer of that many digits is a long, whatever they are. */
  private static final int LONG_DIGITS = 18;

  private static final int MAX_SHOWN = 100;

  private final JsonText text;
  private final JsonLimits limits;

  TreeReader(byte[] utf8, JsonLimits limits) {
    text = new JsonText(utf8);
    this.limits = limits;
  }

  JsonNode document() throws JsonSyntaxException {
    if (text.next() == JsonText.END) {
      throw new JsonSyntaxException("the text is empty");
    }
    JsonNode node = value(0);
    if (text.next() != JsonText.END) {
      throw text.unexpected("the end of the text");
    }
    return node;
  }

  private JsonNode value(int depth) throws JsonSyntaxException {
    switch (text.next()) {
      case '{':
        return object(deeper(depth));
      case '[':
        return array(deeper(depth));
      case '"':
        return string();
      case 't':
        return literal("true", Json.NODES.booleanNode(true));
      case 'f':
        return literal("false", Json.NODES.booleanNode(false));
      case 'n':
        return literal("null", Json.NODES.nullNode());
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
        return number();
      default:
        throw text.unexpected("a value");
    }
  }

  private JsonNode string() throws JsonSyntaxException {
    int place = text.at();
    return Json.NODES.textNode(checked(text.string(), place));
  }

  private ObjectNode object(int depth) throws JsonSyntaxException {
    ObjectNode object = Json.object();
    if (endsAtOnce('}')) {
      return object;
    }
    do {
      if (text.next() != '"') {
        throw text.unexpected("the quoted name of a member");
      }
      int place = text.at();
      String name = checked(text.name(), place);
      if (text.next() != ':') {
        throw text.unexpected("a colon");
      }
      text.advance();
      if (object.replace(name, value(depth)) != null) {
        throw text.failure(
            place, "the member \"" + shortened(name) + "\" stands twice in one object");
      }
    } while (goesOn('}'));
    return object;
  }

  /** As much of a name as somebody reads. */
  private static String shortened(String name) {
    return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
  }

  private ArrayNode array(int depth) throws JsonSyntaxException {
    ArrayNode array = Json.array();
    if (endsAtOnce(']')) {
      return array;
    }
    do {
      array.add(value(depth));
    } while (goesOn(']'));
    return array;
  }

  /** Begins an object or array, and ends it if nothing is in it. */
  private boolean endsAtOnce(char end) {
    text.advance();
    if (text.next() != end) {
      return false;
    }
    text.advance();
    return true;
  }

  /** Whether one more follows, or else the end. */
  private boolean goesOn(char end) throws JsonSyntaxException {
    int mark = text.next();
    if (mark != ',' && mark != end) {
      throw text.unexpected("a comma or '" + end + "'");
    }
    text.advance();
    return mark == ',';
  }

  private JsonNode literal(String word, JsonNode node) throws JsonSyntaxException {
    for (int i = 0; i < word.length(); i++) {
      if (text.current() != word.charAt(i)) {
        throw text.unexpected("the word " + word);
      }
      text.advance();
    }
    return node;
  }

  private JsonNode number() throws JsonSyntaxException {
    int place = text.at();
    boolean negative = skip('-');
    int first = text.at();
    if (!skip('0')) { // which no other digit follows
      digits();
    }
    int end = text.at();
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    int length = text.at() - first;
    if (length > MAX_NUMBER_LENGTH) {
      throw text.failure(
          place, "a number is too long: more than " + MAX_NUMBER_LENGTH + " characters");
    }
    if (text.at() != end) {
      return decimal(place);
    }
    return length > LONG_DIGITS ? bigInteger(place) : integer(text.digitsSince(first), negative);
  }

  private boolean skip(char wanted) {
    if (text.current() != wanted) {
      return false;
    }
    text.advance();
    return true;
  }

  private void digits() throws JsonSyntaxException {
    int place = text.at();
    text.skipDigits();
    if (text.at() == place) {
      throw text.unexpected("a digit");
    }
  }

  /** The smallest node that it fits into. */
  private static JsonNode integer(long magnitude, boolean negative) {
    long integer = negative ? -magnitude : magnitude;
    return integer == (int) integer
        ? Json.NODES.numberNode((int) integer)
        : Json.NODES.numberNode(integer);
  }

  private JsonNode bigInteger(int place) {
    BigInteger integer = new BigInteger(text.since(place));
    return integer.bitLength() < Long.SIZE
        ? Json.NODES.numberNode(integer.longValue())
        : Json.NODES.numberNode(integer);
  }

  /** Exact: a double would turn 1e400 into infinity, which JSON cannot say. */
  private JsonNode decimal(int place) throws JsonSyntaxException {
    BigDecimal decimal;
    try {
      decimal = new BigDecimal(text.since(place));
    } catch (NumberFormatException e) { // an exponent beyond all bounds
      throw text.failure(place, "a number is out of range");
    }
    if (decimal.scale() > 2 * MAX_EXPONENT || decimal.scale() < -MAX_EXPONENT) {
      throw text.failure(place, "a number is out of range");
    }
    return Json.NODES.numberNode(decimal);
  }

  private int deeper(int depth) throws JsonSyntaxException {
    if (depth >= limits.maxDepth()) {
      throw text.failure(text.at(), "the text nests deeper than " + limits.maxDepth() + " levels");
    }
    return depth + 1;
  }

  private String checked(String string, int place) throws JsonSyntaxException {
    if (string.length() > limits.maxStringLength()) {
      throw text.failure(
          place, "a string is longer than " + limits.maxStringLength() + " characters");
    }
    return string;
  }
}
