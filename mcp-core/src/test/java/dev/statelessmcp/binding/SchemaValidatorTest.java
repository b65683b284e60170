package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaValidatorTest {

  private static SchemaValidator validator(String schema) {
    return new SchemaValidator((ObjectNode) Json.parse(schema));
  }

  private static String check(SchemaValidator validator, String json) {
    Problems problems = new Problems(false);
    validator.check(Json.parse(json), "arguments", problems);
    return problems.toString();
  }

  private static String check(String schema, String json) {
    return check(validator(schema), json);
  }

  private static String refusal(String schema) {
    return assertThrows(IllegalArgumentException.class, () -> validator(schema)).getMessage();
  }

  @Test
  void dialectIs2020UnlessTheSchemaNamesAnother() {
    String tuple = "\"properties\":{\"a\":{\"prefixItems\":[{\"type\":\"string\"}]}}";
    assertNotEquals("", check("{" + tuple + "}", "{\"a\":[1]}"));
    String draft7 = "\"$schema\":\"http://json-schema.org/draft-07/schema#\",";
    assertEquals("", check("{" + draft7 + tuple + "}", "{\"a\":[1]}"));
    String oldTuple = "\"properties\":{\"a\":{\"items\":[{\"type\":\"string\"}]}}";
    assertNotEquals("", check("{" + draft7 + oldTuple + "}", "{\"a\":[1]}"));
    assertTrue(refusal("{" + oldTuple + "}").startsWith("the schema is not valid: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://json-schema.org/draft/2020-12/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-07/schema",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-04/schema#"
      })
  void everyDialectIsSpoken(String dialect) {
    SchemaValidator validator =
        validator("{\"$schema\":\"" + dialect + "\",\"type\":\"object\",\"required\":[\"a\"]}");
    assertEquals("", check(validator, "{\"a\":1}"));
    assertEquals("arguments.a is required", check(validator, "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.com/my-dialect", "x", "urn:example:dialect"})
  void unknownDialectIsRefused(String dialect) {
    String message = refusal("{\"$schema\":\"" + dialect + "\",\"type\":\"object\"}");
    assertTrue(message.contains("schema"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"objekt\"}",
        "{\"type\":1}",
        "{\"properties\":[]}",
        "{\"properties\":{\"a\":1}}",
        "{\"required\":\"a\"}",
        "{\"properties\":{\"a\":{\"minimum\":\"1\"}}}",
        "{\"properties\":{\"a\":{\"pattern\":\"(\"}}}",
        "{\"patternProperties\":{\"[\":{}}}"
      })
  void schemaThatIsNotValidIsRefused(String schema) {
    String message = refusal(schema);
    assertTrue(message.startsWith("the schema"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/s\"}},\"$defs\":{\"s\":{\"type\":\"string\"}}}",
        "{\"properties\":{\"a\":{\"$ref\":\"#s\"}},"
            + "\"$defs\":{\"x\":{\"$anchor\":\"s\",\"type\":\"string\"}}}",
        "{\"properties\":{\"a\":{\"$ref\":\"https://example.com/s\"}},"
            + "\"$defs\":{\"x\":{\"$id\":\"https://example.com/s\",\"type\":\"string\"}}}",
        "{\"$id\":\"https://example.com/dir/root\",\"properties\":{\"a\":{\"$ref\":\"s\"}},"
            + "\"$defs\":{\"x\":{\"$id\":\"s\",\"type\":\"string\"}}}",
        "{\"$id\":\"https://example.com/dir/root\",\"properties\":{\"a\":{\"$ref\":\"/s#/$defs/y\"}},"
            + "\"$defs\":{\"x\":{\"$id\":\"../s\",\"$defs\":{\"y\":{\"type\":\"string\"}}}}}",
        "{\"$id\":\"https://example.com/root\","
            + "\"properties\":{\"a\":{\"$ref\":\"https://example.com/root#/$defs/s\"}},"
            + "\"$defs\":{\"s\":{\"type\":\"string\"}}}",
        "{\"$id\":\"urn:example:root\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/s\"}},"
            + "\"$defs\":{\"s\":{\"type\":\"string\"}}}",
        "{\"$id\":\"root.json\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/s\"}},"
            + "\"$defs\":{\"s\":{\"type\":\"string\"}}}",
        "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/a%20b~1c\"}},"
            + "\"$defs\":{\"a b/c\":{\"type\":\"string\"}}}",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\","
            + "\"properties\":{\"a\":{\"$ref\":\"#/definitions/s\"}},"
            + "\"definitions\":{\"s\":{\"$id\":\"#s\",\"type\":\"string\"}}}",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\","
            + "\"properties\":{\"a\":{\"$ref\":\"#s\"}},"
            + "\"definitions\":{\"s\":{\"$id\":\"#s\",\"type\":\"string\","
            + "\"not\":{\"$ref\":\"#/definitions/n\"}},\"n\":{\"type\":\"number\"}}}",
        "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"id\":\"http://example.com/r\","
            + "\"properties\":{\"a\":{\"$ref\":\"s\"}},"
            + "\"definitions\":{\"x\":{\"id\":\"s\",\"type\":\"string\"}}}"
      })
  void referenceInsideTheSchemaIsFollowed(String schema) {
    SchemaValidator validator = validator(schema);
    assertEquals("", check(validator, "{\"a\":\"x\"}"));
    assertNotEquals("", check(validator, "{\"a\":1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#/$defs/missing",
        "#missing",
        "#/properties/b",
        "missing.json",
        "https://example.com/schema",
        "http://127.0.0.1:1/schema",
        "file:///etc/passwd",
        "urn:example:missing"
      })
  void referenceThatLeadsNowhereIsRefusedAndNothingIsFetched(String reference) {
    for (String schema : List.of(
        "{\"properties\":{\"a\":{\"$ref\":\"%s\"}}}",
        "{\"allOf\":[{\"not\":{\"$ref\":\"%s\"}}]}",
        "{\"$defs\":{\"unused\":{\"items\":{\"$ref\":\"%s\"}}}}",
        "{\"properties\":{\"a\":{\"if\":false,\"then\":{\"$ref\":\"%s\"}}}}")) {
      String message = refusal(schema.replace("%s", reference));
      assertTrue(message.startsWith("the schema's $ref \"" + reference + "\" at \"/"), message);
    }
  }

  @Test
  void everyOneOfTwoReferencesIsFollowed() {
    // The hash codes of "Aa" and "BB" are the same
    String message = refusal("{\"properties\":{\"Aa\":{\"$ref\":\"#/$defs/s\"},"
        + "\"BB\":{\"$ref\":\"#/$defs/missing\"}},\"$defs\":{\"s\":{}}}");
    assertTrue(message.contains("#/$defs/missing"), message);
  }

  @Test
  void danglingDynamicReferenceIsRefusedToo() {
    refusal("{\"properties\":{\"a\":{\"$dynamicRef\":\"#missing\"}}}");
  }

  @Test
  void referenceToASchemaThatAllowsNothingLeadsSomewhere() {
    SchemaValidator validator = validator(
        "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/never\"}},\"$defs\":{\"never\":false}}");
    assertEquals("", check(validator, "{}"));
    assertNotEquals("", check(validator, "{\"a\":1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$ref\":\"#\"}",
        "{\"allOf\":[{\"$ref\":\"#\"}]}",
        "{\"properties\":{\"a\":{\"$ref\":\"#/properties/a\"}}}",
        "{\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"anyOf\":[{\"$ref\":\"#/$defs/a\"}]}},"
            + "\"properties\":{\"x\":{\"$ref\":\"#/$defs/a\"}}}"
      })
  void schemaThatRefersToItselfWithoutEndIsRefused(String schema) {
    assertEquals("the schema refers to itself endlessly", refusal(schema));
  }

  @Test
  void schemaOfATreeIsTaken() {
    SchemaValidator tree = validator("{\"type\":\"object\",\"required\":[\"name\"],\"properties\":"
        + "{\"name\":{\"type\":\"string\"},\"children\":{\"items\":{\"$ref\":\"#\"}}}}");
    assertEquals("", check(tree, "{\"name\":\"a\",\"children\":[{\"name\":\"b\"}]}"));
    assertEquals(
        "arguments.children[1].children[0].name is required",
        check(
            tree,
            "{\"name\":\"a\",\"children\":[{\"name\":\"b\"},{\"name\":\"c\",\"children\":[{}]}]}"));
    String deep = "{\"name\":\"a\",\"children\":[".repeat(60) + "]}".repeat(60);
    assertEquals("", check(tree, deep));
  }

  @Test
  void nameThatLooksLikeAKeywordIsAName() {
    SchemaValidator validator = validator("""
        {"properties": {
           "$ref": {"type": "string"}, "enum": {"type": "array"}, "$id": {"type": "string"},
           "const": {"$ref": "#/$defs/default"}, "properties": {"type": "object"}},
         "patternProperties": {"$ref": {"type": "string"}},
         "dependentSchemas": {"$ref": {"required": ["enum"]}},
         "$defs": {"$ref": {"type": "string"}, "default": {"type": "integer"}}}
        """);
    assertEquals("", check(validator, "{\"$ref\":\"#/nowhere\",\"enum\":[],\"const\":1}"));
    assertTrue(check(validator, "{\"$ref\":1}").contains("arguments.$ref is not valid"));
    assertTrue(check(validator, "{\"const\":\"a\"}").contains("arguments.const is not valid"));
  }

  @Test
  void danglingReferenceBehindANameThatLooksLikeAKeywordIsFound() {
    for (String name : List.of("enum", "const", "default", "examples", "$ref", "properties")) {
      refusal("{\"properties\":{\"" + name + "\":{\"$ref\":\"#/$defs/missing\"}}}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"properties\":{\"a\":{\"enum\":[{\"$ref\":\"#/nowhere\"}]}}}",
        "{\"properties\":{\"a\":{\"const\":{\"$ref\":\"#/nowhere\"}}}}",
        "{\"properties\":{\"a\":{\"default\":{\"$ref\":\"#/nowhere\"},\"const\":{\"$ref\":\"#/nowhere\"}}}}",
        "{\"properties\":{\"a\":{\"examples\":[{\"$ref\":\"#/nowhere\"}],\"const\":{\"$ref\":\"#/nowhere\"}}}}"
      })
  void dataThatLooksLikeAReferenceIsData(String schema) {
    SchemaValidator validator = validator(schema);
    assertEquals("", check(validator, "{\"a\":{\"$ref\":\"#/nowhere\"}}"));
    assertNotEquals("", check(validator, "{\"a\":{}}"));
  }

  @Test
  void unknownKeywordIsAnAnnotation() {
    assertEquals(
        "",
        check(
            "{\"x-doc\":{\"$ref\":\"https://example.com/doc\"},\"properties\":{\"a\":{\"x\":1}}}",
            "{\"a\":1}"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          {"n":"x"} | arguments.n is not valid
          {"a":[1,"x"]} | arguments.a[1] is not valid
          {"o":{"b/c":1}} | arguments.o.b/c is not valid
          {"o":{"~":1}} | arguments.o.~ is not valid
          {"o":{"ä b":1}} | arguments.o.ä b is not valid
          {"o":{"%41":1}} | arguments.o.%41 is not valid
          {"no":1} | arguments.no is not allowed
          {"o":{"x":{}}} | arguments.o.x.deep is required
          """)
  void problemHasItsPlace(String json, String problem) {
    String problems = check("""
        {"properties": {
          "n": {"type": "number"},
          "a": {"items": {"type": "number"}},
          "no": false,
          "o": {"properties": {
            "b/c": {"type": "string"}, "~": {"type": "string"}, "ä b": {"type": "string"},
            "%41": {"type": "string"}, "x": {"required": ["deep"]}}}}}
        """, json);
    assertTrue(problems.startsWith(problem), problems);
    assertFalse(problems.contains(";"), problems);
  }

  @Test
  void everyMissingNameIsSaid() {
    assertEquals(
        "arguments.a is required; arguments.b is required",
        check("{\"required\":[\"a\",\"b\",\"c\"]}", "{\"c\":1}"));
  }

  @Test
  void formatIsAnAnnotation() {
    assertEquals("", check("{\"properties\":{\"a\":{\"format\":\"uuid\"}}}", "{\"a\":\"x\"}"));
  }

  @Test
  void numbersAreComparedAsNumbers() {
    String schema = "{\"properties\":{\"a\":{\"const\":1},\"b\":{\"type\":\"integer\"},"
        + "\"c\":{\"multipleOf\":0.01},\"d\":{\"maximum\":9007199254740992}}}";
    assertEquals("", check(schema, "{\"a\":1.0,\"b\":1e2,\"c\":1.10,\"d\":9007199254740992}"));
    assertNotEquals("", check(schema, "{\"d\":9007199254740993}"));
    assertNotEquals("", check(schema, "{\"b\":1.5}"));
  }

  @Test
  void sixteenThreadsCheckAtOnce() throws Exception {
    SchemaValidator validator = validator("{\"properties\":{\"n\":{\"$ref\":\"#/$defs/n\"}},"
        + "\"required\":[\"n\"],\"$defs\":{\"n\":{\"type\":\"integer\",\"maximum\":1000},"
        + "\"t\":{\"items\":{\"$ref\":\"#/$defs/t\"}}}}");
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int thread = 0; thread < 16; thread++) {
        int parity = thread % 2;
        wrong.add(threads.submit(() -> {
          int count = 0;
          for (int i = 0; i < 500; i++) {
            boolean good = i % 2 == parity;
            String problems = check(validator, good ? "{\"n\":" + i + "}" : "{\"n\":\"x\"}");
            count += problems.isEmpty() == good ? 0 : 1;
          }
          return count;
        }));
      }
      for (Future<Integer> count : wrong) {
        assertEquals(0, count.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
