package dev.statelessmcp.json;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 128, 1 << 20);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode read(String text) throws JsonSyntaxException {
    return Json.read(utf8(text), LIMITS);
  }

  private static String refusal(byte[] text, JsonLimits limits) {
    return assertThrows(JsonSyntaxException.class, () -> Json.read(text, limits))
        .getMessage();
  }

  private static String refusal(String text) {
    return refusal(utf8(text), LIMITS);
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  @Test
  void everyKindOfValueComesBackAsItWas() throws JsonSyntaxException {
    String text = "{\"s\":\"ä€\\n\\\"\\\\\",\"i\":-7,\"l\":9007199254740993,\"d\":1.10,\"t\":true,"
        + "\"f\":false,\"n\":null,\"a\":[1,[],{}],\"\":0}";
    assertEquals(text, Json.text(read(text)));
    assertEquals(text, new String(Json.write(read(text)), StandardCharsets.UTF_8));
  }

  @Test
  void whatIsWrittenHasNoLineBreak() {
    String text = Json.text(Json.object().put("a", "1\r\n2"));
    assertEquals("{\"a\":\"1\\r\\n2\"}", text);
  }

  @Test
  void textAsLongAsTheLimitIsTakenAndOneByteMoreIsNot() throws JsonSyntaxException {
    JsonLimits four = new JsonLimits(4, 10, 10);
    assertEquals("ä", Json.read(utf8("\"ä\""), four).textValue());
    assertEquals("the text is longer than 4 bytes", refusal(utf8("\"äb\""), four));
  }

  @Test
  void depth128IsTakenAndMoreIsRefused() throws JsonSyntaxException {
    assertEquals(nested(128), Json.text(read(nested(128))));
    assertEquals(
        "the text is nested more than 128 levels deep at line 1, column 129", refusal(nested(129)));
  }

  @Test
  void tenThousandLevelsAreRefusedWithoutAStackOverflow() {
    String arrays = refusal(nested(10_000));
    assertTrue(arrays.startsWith("the text is nested more than 128 levels deep at line 1"), arrays);
    String objects = refusal("{\"a\":".repeat(10_000));
    assertTrue(
        objects.startsWith("the text is nested more than 128 levels deep at line 1"), objects);
  }

  @Test
  void depthUpTo1000IsTakenWhereTheLimitAllowsIt() throws JsonSyntaxException {
    JsonLimits deep = new JsonLimits(1 << 20, 1000, 10);
    assertEquals(nested(1000), Json.text(Json.read(utf8(nested(1000)), deep)));
    assertTrue(refusal(utf8(nested(1001)), deep).contains("deep"));
  }

  @Test
  void stringAndNameAsLongAsTheLimitAreTakenAndLongerOnesAreNot() throws JsonSyntaxException {
    JsonLimits three = new JsonLimits(100, 10, 3);
    assertEquals("{\"abc\":\"def\"}", Json.text(Json.read(utf8("{\"abc\":\"def\"}"), three)));
    String longer = "a string is longer than 3 characters at line 1, column ";
    assertTrue(refusal(utf8("[\"abcd\"]"), three).startsWith(longer));
    assertTrue(refusal(utf8("{\"abcd\":1}"), three).startsWith(longer));
  }

  @Test
  void limitsLargerThanJacksonsOwnAreKept() throws JsonSyntaxException {
    String name = "n".repeat(60_000);
    assertEquals(1, read("{\"" + name + "\":1}").get(name).intValue());
    String text = "s".repeat(20_000_001);
    JsonLimits large = LIMITS.withMaxBytes(30_000_000);
    assertEquals(text, Json.read(utf8("\"" + text + "\""), large).textValue());
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    assertAll(
        () -> assertThrows(IllegalArgumentException.class, () -> new JsonLimits(0, 1, 1)),
        () -> assertThrows(IllegalArgumentException.class, () -> new JsonLimits(1, 0, 1)),
        () -> assertThrows(IllegalArgumentException.class, () -> new JsonLimits(1, 1001, 1)),
        () -> assertThrows(IllegalArgumentException.class, () -> new JsonLimits(1, 1, 0)));
  }

  @Test
  void sameMemberTwiceIsRefusedHoweverItIsSpelt() throws JsonSyntaxException {
    String message = refusal("{\"a\":1,\n\"a\":1}");
    assertTrue(
        message.startsWith("the member \"a\" appears twice in one object at line 2, column "),
        message);
    assertTrue(refusal("{\"a\":null,\"\\u0061\":null}").contains("twice"));
    assertTrue(refusal("[{\"b\":{\"a\":1,\"c\":2,\"a\":3}}]").contains("twice"));
    assertEquals(2, read("[{\"a\":1},{\"a\":1,\"A\":1}]").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "1 2", "{}x", "[],", "\"a\"\"b\"", "{}\n]"})
  void moreTextAfterTheValueIsRefused(String text) {
    String message = refusal(text);
    assertTrue(message.contains(" at line "), message);
  }

  @Test
  void whiteSpaceAroundTheValueIsTaken() throws JsonSyntaxException {
    assertEquals("{\"a\":[1]}", Json.text(read("\r\n\t {\"a\":\r\n[1]\r\n}\r\n ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\r\n"})
  void emptyTextIsRefused(String text) {
    assertEquals("the text is empty", refusal(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[",
        "\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "[1,",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "nul",
        "TRUE",
        "NaN",
        "Infinity",
        "-Infinity",
        "-",
        "+1",
        "01",
        "1.",
        ".5",
        "1e",
        "0x1",
        "/**/1",
        "// a\n1",
        "#\n1",
        "\"\t\"",
        "\"\n\"",
        "\"\\x\"",
        "\"\\u12\"",
        "1e99999999999",
        "1e-99999999999",
        "1e2147483648",
        "]",
        ":",
        "\uFFFE"
      })
  void messageGivesAPlaceAndNamesNoClassAndNoSetting(String text) {
    String message = refusal(text);
    assertTrue(message.contains("line 1") || message.contains("line 2"), message);
    assertFalse(message.contains("java") || message.contains("jackson"), message);
    assertFalse(message.contains("Feature") || message.contains("ALLOW_"), message);
    assertFalse(message.contains("REDACTED") || message.contains("Source"), message);
  }

  @Test
  void decimalsAreExact() throws JsonSyntaxException {
    assertEquals("1.10", Json.text(read("1.10")));
    assertEquals(
        "0.1000000000000000055511151231257827",
        read("0.1000000000000000055511151231257827").decimalValue().toPlainString());
    assertEquals(0, read("1e400").decimalValue().compareTo(read("10e399").decimalValue()));
    assertEquals(read("1e400"), read(Json.text(read("1e400"))));
    assertEquals(read("-1.5e-400"), read(Json.text(read("-1.5e-400"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e401", "-1e401", "1e999999999", "1e-801", "1e-999999999", "[0e999]"})
  void exponentThatWouldBecomeGigabytesIsRefused(String text) {
    String message = refusal(text);
    assertTrue(
        message.startsWith("the exponent of a number must be from -800 to 400 at line 1, column "),
        message);
  }

  @Test
  void bigIntegersAreExactAndThoseOf1001DigitsRefused() throws JsonSyntaxException {
    String digits = "9".repeat(1000);
    assertEquals(new BigInteger(digits), read(digits).bigIntegerValue());
    assertEquals(digits, Json.text(read(digits)));
    assertEquals("-9223372036854775809", Json.text(read("-9223372036854775809")));
    String message = refusal(digits + "9");
    assertTrue(
        message.contains("must not be longer than 1000 characters") && message.contains("line 1"),
        message);
  }

  @Test
  void loneSurrogateIsReplacedWhenWrittenAndAPairIsNot() throws JsonSyntaxException {
    JsonNode read = read("[\"a\\udc00b\",\"\\ud83d\\ude00\\ud83d\",\"\\ud83d\"]");
    String wanted = "[\"a\uFFFDb\",\"😀\uFFFD\",\"\uFFFD\"]";
    assertEquals(wanted, Json.text(read));
    assertEquals(Json.parse(wanted), Json.read(Json.write(read), LIMITS));
    JsonNode names = Json.object().put("a\ud800", 1).put("😀", 2);
    assertEquals("{\"a\uFFFD\":1,\"😀\":2}", Json.text(names));
  }

  @Test
  void loneSurrogateInANameIsRefused() {
    String message = refusal("{\"\\ud800\":1}");
    assertTrue(message.contains("surrogate") && message.contains("line 1"), message);
  }

  /** {@code C0 AF} is a slash in two bytes, {@code ED A0 80} a lone surrogate. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff",
        "80",
        "c3",
        "c328",
        "e282",
        "e28228",
        "c0af",
        "c1bf",
        "e080af",
        "f0808080",
        "eda080",
        "edb080",
        "f4908080",
        "f888808080"
      })
  void brokenUtf8IsRefused(String hex) {
    byte[] quoted = HexFormat.of().parseHex("22" + hex + "22");
    byte[] name = HexFormat.of().parseHex("7b22" + hex + "223a317d");
    assertAll(() -> refusal(quoted, LIMITS), () -> refusal(name, LIMITS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  void otherEncodingsAreRefused(String charset) {
    refusal("{\"a\":1}".getBytes(Charset.forName(charset)), LIMITS);
  }

  /** RFC 8259, 8.1: a parser "MAY ignore the presence of a byte order mark". */
  @Test
  void byteOrderMarkIsIgnoredAtTheBeginningAndNowhereElse() throws JsonSyntaxException {
    assertEquals("{}", Json.text(read("\uFEFF{}")));
    assertTrue(refusal("{\uFEFF}").contains("line 1"));
    assertTrue(refusal("{}\uFEFF").contains("line 1"));
    assertEquals("the text is empty", refusal("\uFEFF"));
  }

  @Test
  void whatTheProgramBringsAlongFailsWithAnIllegalArgument() {
    assertEquals("[1]", Json.text(Json.parse("[1]")));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Json.parse("[\n}")).getMessage();
    assertTrue(message.startsWith("not JSON: ") && message.contains("line 2"), message);
  }

  /** Every character there is, so also every one that must be escaped. */
  @Test
  void anObjectMapperReadsWhatIsWritten() throws IOException {
    ObjectNode tree = Json.object();
    ArrayNode names = tree.putArray("names");
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String character = Character.toString(c);
        names.addObject().put(character, character + "\"" + character);
      }
    }
    tree.set(
        "kinds",
        Json.array()
            .add(Integer.MIN_VALUE)
            .add(Long.MAX_VALUE)
            .add((short) 7)
            .add(new BigInteger("-9".repeat(30).replace("9-", "9")))
            .add(new BigDecimal("1E+30"))
            .add(new BigDecimal("0E+10"))
            .add(-1.5e-300)
            .add(-0.0)
            .add(2.5f)
            .add(true)
            .addNull()
            .add(new byte[] {0, -1, 62}));
    // Its table of names is too small for all of them
    JsonFactory factory = JsonFactory.builder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .build();
    ObjectMapper mapper =
        new ObjectMapper(factory).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    assertEquals(
        mapper.readTree(mapper.writeValueAsBytes(tree)), mapper.readTree(Json.write(tree)));
    assertEquals(new String(Json.write(tree), StandardCharsets.UTF_8), Json.text(tree));
  }

  /** Strings are written piece by piece: a character may lie on every border. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "\"", "\u0001", "é", "€", "😀"})
  void stringsOfAnyLengthAreWrittenWhole(String last) throws JsonSyntaxException {
    for (int length = 0; length < 600; length++) {
      for (String rest : new String[] {"x", "€"}) {
        JsonNode text = Json.NODES.textNode(rest.repeat(length) + last + rest);
        assertEquals(text, Json.read(Json.write(text), new JsonLimits(10_000, 1, 10_000)));
      }
    }
  }

  @Test
  void controlCharactersAreEscaped() {
    assertEquals(
        "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f \\\"/\\\\\u007F\"",
        Json.text(Json.NODES.textNode("\0\b\t\n\u000B\f\r\u001F \"/\\\u007F")));
  }

  @Test
  void treeOf1100LevelsIsWrittenAndADeeperOneRefused() {
    ObjectNode deepest = Json.object();
    for (int i = 1; i < 1100; i++) {
      deepest = Json.object().set("a", deepest);
    }
    assertEquals("{\"a\":".repeat(1099) + "{}" + "}".repeat(1099), Json.text(deepest));
    ArrayNode tooDeep = Json.array().add(deepest);
    assertThrows(IllegalArgumentException.class, () -> Json.write(tooDeep));
  }

  @Test
  void treeThatNestsTooDeepIsRefusedAndOverflowsNothing() {
    ArrayNode tree = Json.array();
    ArrayNode inner = tree;
    for (int i = 0; i < 100_000; i++) {
      inner = inner.addArray();
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> Json.write(tree)).getMessage();
    assertEquals("the tree is nested more than 1100 levels deep", message);
  }

  @Test
  void valuesThatJsonCannotRepresentAreRefusedWhenWritten() {
    assertAll(
        () ->
            assertThrows(IllegalArgumentException.class, () -> Json.text(Json.NODES.missingNode())),
        () -> assertThrows(
            IllegalArgumentException.class, () -> Json.text(Json.array().addPOJO(new Object()))),
        () -> assertThrows(
            IllegalArgumentException.class,
            () -> Json.text(Json.object().putPOJO("a", new Object()))));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void numberThatJsonCannotSayIsNotTurnedIntoAString(double number) {
    assertThrows(IllegalArgumentException.class, () -> Json.text(Json.array().add(number)));
    assertThrows(IllegalArgumentException.class, () -> Json.text(Json.array().add((float) number)));
  }
}
