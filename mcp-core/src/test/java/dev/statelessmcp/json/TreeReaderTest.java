package dev.statelessmcp.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reader reads what Jackson reads, and reports errors with their position. */
class TreeReaderTest {
  private static final int TEXTS = 60_000;
  private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 500, 1 << 20);

  private static final String REFUSED = "refused";

  /** Half of a surrogate pair, or a number that is refused for its size. */
  private static final String DIFFERS = "differs";

  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .build();

  private static final String[] SEEDS = {
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"w\"}}",
    "[1, -0 , 0.5,-1.25e-3, 1E+2 ,12345678901234567890, 2147483648,-9223372036854775808]",
    "{\"a\\u0062\\\"\" : [true,false , null,\"\\b\\f\\n\\r\\t\\/\\\\\"], \"é€😀\":\"\\ud83d\\uDE00\"}",
    "[[[],{}],{\"a\":{\"b\":[{}]}}]",
    "\r\n\t{\"a\":\"x\",\r\n\"aa\":\"\",\"\":0}\n"
  };
  private static final byte[] PIECES =
      "{}[]\",:\\/u0123456789abdeE+-.ntrueflsé€😀 \t\r\n\0\u007F".getBytes(StandardCharsets.UTF_8);

  @Test
  void anyTextIsReadOrRefusedAsJacksonDoes() {
    Random random = new Random(7);
    int taken = 0;
    for (int i = 0; i < TEXTS; i++) {
      byte[] text = SEEDS[i % SEEDS.length].getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change > 0; change--) {
        text = changed(text, random);
      }
      String wanted = byJackson(text);
      if (!wanted.equals(DIFFERS)) {
        assertEquals(wanted, byUs(text), new String(text, StandardCharsets.UTF_8));
        taken += wanted.equals(REFUSED) ? 0 : 1;
      }
    }
    assertTrue(taken > TEXTS / 20 && taken < TEXTS / 2, "" + taken);
  }

  private static byte[] changed(byte[] text, Random random) {
    if (text.length == 0) {
      return PIECES.clone();
    }
    int place = random.nextInt(text.length);
    int other = random.nextInt(text.length);
    int from = Math.min(place, other);
    int to = Math.max(place, other);
    ByteBuffer out = ByteBuffer.allocate(2 * text.length);
    switch (random.nextInt(4)) {
      case 0 -> out.put(text, 0, place).put(text, place + 1, text.length - place - 1);
      case 1 -> out.put(text).put(place, PIECES[random.nextInt(PIECES.length)]);
      case 2 -> out.put(text, 0, to).put(text, from, text.length - from); // some of it twice
      default -> out.put(text).put(place, (byte) random.nextInt(256));
    }
    byte[] changed = new byte[out.position()];
    out.flip().get(changed);
    return changed;
  }

  private static String byJackson(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      return REFUSED; // it takes surrogates and overlong forms
    }
    JsonNode tree;
    try {
      tree = MAPPER.readTree(text);
    } catch (IOException | NumberFormatException e) { // the latter for exponents beyond all bounds
      return REFUSED;
    }
    if (tree.isMissingNode()) {
      return REFUSED; // nothing but white space
    }
    String whole = tree.toString();
    boolean half = !StandardCharsets.UTF_8.newEncoder().canEncode(whole);
    return half || hasHugeNumber(tree) ? DIFFERS : whole + types(tree);
  }

  private static boolean hasHugeNumber(JsonNode tree) {
    if (tree.isBigDecimal()) {
      return Math.abs((long) tree.decimalValue().scale()) > 300;
    }
    for (JsonNode child : tree) {
      if (hasHugeNumber(child)) {
        return true;
      }
    }
    return false;
  }

  private static String byUs(byte[] text) {
    try {
      JsonNode tree = Json.read(text, LIMITS);
      return tree.toString() + types(tree);
    } catch (JsonSyntaxException e) {
      return REFUSED;
    }
  }

  /** Two types of ours remember how a number was written, and are what they extend otherwise. */
  private static Class<?> jacksonType(JsonNode node) {
    Class<?> type = node.getClass();
    return node instanceof WrittenDecimal || node instanceof MinusZero
        ? type.getSuperclass()
        : type;
  }

  @Test
  void numbersAreWrittenAsTheyWereRead() throws JsonSyntaxException {
    String text = "[1,-0,0.50,-1.25e-3,1E+2,1e2,0.0000001,12345678901234567890,-0.0,0]";
    assertEquals(
        text,
        new String(
            Json.write(Json.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT)),
            StandardCharsets.UTF_8));
  }

  private static String types(JsonNode tree) {
    StringBuilder types = new StringBuilder(jacksonType(tree).getSimpleName());
    for (JsonNode child : tree) {
      types.append(' ').append(types(child));
    }
    return types.toString();
  }

  private static String refusal(String text) {
    return refusal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(byte[] text) {
    return assertThrows(JsonSyntaxException.class, () -> Json.read(text, LIMITS))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,]              | expected a value, found ']' at line 1, column 4",
        "{\"a\" 1}         | expected a colon, found '1' at line 1, column 6",
        "{a:1}             | expected the quoted name of a member, found 'a' at line 1, column 2",
        "{\"a\":1,}        | expected the quoted name of a member, found '}' at line 1, column 8",
        "{\"a\":1]         | expected a comma or '}', found ']' at line 1, column 7",
        "[1 2]             | expected a comma or ']', found '2' at line 1, column 4",
        "[nul]             | expected the word null, found ']' at line 1, column 5",
        "[-]               | expected a digit, found ']' at line 1, column 3",
        "[1.]              | expected a digit, found ']' at line 1, column 4",
        "[1e+]             | expected a digit, found ']' at line 1, column 5",
        "[01]              | expected a comma or ']', found '1' at line 1, column 3",
        "[\"\\x\"]         | expected one of \"\\/bfnrtu, found 'x' at line 1, column 4",
        "[\"\\u12g4\"]     | expected a hexadecimal digit, found 'g' at line 1, column 7",
        "[\"\\u12\"]       | expected a hexadecimal digit, found '\"' at line 1, column 7",
        "[\"é\", é]        | expected a value, found U+00E9 at line 1, column 7",
        "{} {}             | expected the end of the text, found '{' at line 1, column 4",
        "[\"a              | the text ends too early at line 1, column 4",
        "{\"a\":           | the text ends too early at line 1, column 6",
        "[\"\\             | the text ends too early at line 1, column 4",
        "{\"\\ud83d\":1}   | a member name must not contain an unpaired surrogate at line 1, column 2"
      })
  void aMistakeIsToldWithItsPlace(String text, String message) {
    assertEquals(message, refusal(text));
  }

  @Test
  void aPlaceIsCountedInLinesAndCharacters() {
    assertEquals(
        "expected a value, found ']' at line 3, column 6",
        refusal("\uFEFF{\n\"é😀\":\r\n[\"é\",]"));
  }

  @Test
  void controlCharactersMustBeEscaped() {
    for (int c = 0; c < ' '; c++) {
      String shown = String.format("U+%04X", c);
      assertEquals(
          shown + " in a string must be escaped at line 1, column 4",
          refusal("[\"a" + (char) c + "\"]"));
    }
  }

  @Test
  void invalidUtf8IsReported() {
    String message = "the text is not UTF-8 at line 1, column ";
    assertEquals(message + 4, refusal("[\"a\u00ff\"]".getBytes(StandardCharsets.ISO_8859_1)));
    assertEquals(message + 3, refusal("[1\u00ff]".getBytes(StandardCharsets.ISO_8859_1)));
    assertEquals(message + 1, refusal("{}".getBytes(StandardCharsets.UTF_16)));
    assertEquals(
        "expected the quoted name of a member, found a zero byte (is it UTF-16?) at line 1, column 2",
        refusal("{}".getBytes(StandardCharsets.UTF_16LE)));
    assertEquals(message + 3, refusal("{}\u00ff".getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void aLongNameIsNotSentBackWhole() {
    String name = "\"" + "n".repeat(10_000) + "\":1";
    String message = refusal("{" + name + "," + name + "}");
    assertTrue(message.contains("n…\" appears"), message);
    assertTrue(message.length() < 200, message);
  }

  @Test
  void aNumberHasTheSmallestTypeThatHoldsIt() throws JsonSyntaxException {
    String text = "[2147483647,2147483648,-2147483648,-2147483649,999999999999999999,"
        + "9223372036854775807,9223372036854775808,-9223372036854775808,-9223372036854775809,-0]";
    assertEquals(
        "ArrayNode IntNode LongNode IntNode LongNode LongNode LongNode BigIntegerNode LongNode"
            + " BigIntegerNode IntNode",
        types(Json.parse(text)));
  }

  /** A piece of a string may end anywhere. */
  @Test
  void escapesAreReadWhereverTheyStand() {
    for (String escape : new String[] {"\\n", "\\\\", "\\\"", "\\u00e9", "\\ud83d\\ude00"}) {
      String meant = Json.parse("\"" + escape + "\"").textValue();
      for (int length = 0; length < 40; length++) {
        String before = "é".repeat(length / 2) + "x".repeat(length % 2);
        assertEquals(
            before + meant + meant + "y",
            Json.parse("\"" + before + escape + escape + "y\"").textValue());
      }
    }
  }
}
