package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Parses one JSON text into one tree. For one thread, used once.
 *
 * <p>Cold start: the base class of Jackson's parsers has constants of type {@code BigDecimal},
 * whose initialization takes about 10 ms on JDK 25. With Jackson's parser, a cold start on Lambda
 * takes a tenth longer. This reader initializes {@code BigDecimal} at the first number with a
 * fraction.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class TreeReader { // cold start

  /** Bounds the memory of a number: 1e999999999 has a few bytes, as an integer a gigabyte. */
  private static final int MAX_EXPONENT = 400;

  /** Bounds the time of a number, which grows with the square of its length. */
  private static final int MAX_NUMBER_LENGTH = 1000;

  /** An integer of up to 18 digits always fits into a long. */
  private static final int LONG_DIGITS = 18;

  /** The maximum length of a member name in an error message. */
  private static final int MAX_SHOWN = 100;

  private static final String OUT_OF_RANGE = "the exponent of a number must be from -800 to 400";

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
    int place = text.position();
    String string = checked(text.string(), place);
    return text.hasLoneSurrogate() ? ReplacedText.of(string) : Json.NODES.textNode(string);
  }

  private ObjectNode object(int depth) throws JsonSyntaxException {
    ObjectNode object = Json.object();
    if (startsEmpty('}')) {
      return object;
    }
    do {
      if (text.next() != '"') {
        throw text.unexpected("the quoted name of a member");
      }
      int place = text.position();
      String name = checked(text.name(), place);
      if (text.next() != ':') {
        throw text.unexpected("a colon");
      }
      text.advance();
      if (object.replace(name, value(depth)) != null) {
        throw text.failure(
            place, "the member \"" + shortened(name) + "\" appears twice in one object");
      }
    } while (hasNext('}'));
    return object;
  }

  /** The start of a name that is long. */
  private static String shortened(String name) {
    return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
  }

  private ArrayNode array(int depth) throws JsonSyntaxException {
    ArrayNode array = Json.array();
    if (startsEmpty(']')) {
      return array;
    }
    do {
      array.add(value(depth));
    } while (hasNext(']'));
    return array;
  }

  /** Reads the first bracket, and the last one if the object or array is empty. */
  private boolean startsEmpty(char end) {
    text.advance();
    if (text.next() != end) {
      return false;
    }
    text.advance();
    return true;
  }

  /** Reads a comma and returns true, or reads the closing bracket and returns false. */
  private boolean hasNext(char end) throws JsonSyntaxException {
    int next = text.next();
    if (next != ',' && next != end) {
      throw text.unexpected("a comma or '" + end + "'");
    }
    text.advance();
    return next == ',';
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
    int place = text.position();
    boolean negative = skip('-');
    int first = text.position();
    if (!skip('0')) { // no digit may follow a leading zero
      digits();
    }
    int end = text.position();
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    int length = text.position() - first;
    if (length > MAX_NUMBER_LENGTH) {
      throw text.failure(
          place, "a number must not be longer than " + MAX_NUMBER_LENGTH + " characters");
    }
    if (text.position() != end) {
      return decimal(place);
    }
    return length > LONG_DIGITS ? bigInteger(place) : integer(text.digitsSince(first), negative);
  }

  private boolean skip(char expected) {
    if (text.current() != expected) {
      return false;
    }
    text.advance();
    return true;
  }

  private void digits() throws JsonSyntaxException {
    int place = text.position();
    text.skipDigits();
    if (text.position() == place) {
      throw text.unexpected("a digit");
    }
  }

  /** An int node if the number fits into an int, otherwise a long node. */
  private static JsonNode integer(long magnitude, boolean negative) {
    if (negative && magnitude == 0) {
      return new MinusZero();
    }
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

  /** A decimal is kept exact: as a double, 1e400 would become infinity, which JSON lacks. */
  private JsonNode decimal(int place) throws JsonSyntaxException {
    String written = text.since(place);
    BigDecimal decimal;
    try {
      decimal = new BigDecimal(written);
    } catch (NumberFormatException e) { // the exponent does not fit into an int
      throw text.failure(place, OUT_OF_RANGE);
    }
    if (decimal.scale() > 2 * MAX_EXPONENT || decimal.scale() < -MAX_EXPONENT) {
      throw text.failure(place, OUT_OF_RANGE);
    }
    return decimal.toString().equals(written)
        ? Json.NODES.numberNode(decimal)
        : new WrittenDecimal(decimal, written);
  }

  private int deeper(int depth) throws JsonSyntaxException {
    if (depth >= limits.maxDepth()) {
      throw text.failure(
          text.position(), "the text is nested more than " + limits.maxDepth() + " levels deep");
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
