package dev.statelessmcp.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Default;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Format;
import dev.statelessmcp.schema.Length;
import dev.statelessmcp.schema.Nullable;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.schema.Title;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions and the conversion of their answers. */
class ElicitationTest {

  enum Plain {
    A,
    B
  }

  enum Titled {
    @Title("The first")
    A,
    B
  }

  record Everything(
      @Title("T") @Description("D") @Length(min = 2, max = 5)
      String text,

      @Format("email") Optional<String> mail,
      @Range(min = 1, max = 9) int number,
      @Range(min = 0.5) Optional<Double> part,
      @Default("true") boolean flag,
      @Default("7") OptionalInt seven,
      @Default("B") Plain plain,
      Optional<Titled> titled,
      @Default("[\"A\"]") @Length(min = 1, max = 2) List<Plain> several,
      Set<Titled> titledSeveral,
      Optional<LocalDate> day,
      @Nullable Instant time) {}

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"'));
  }

  @Test
  void schemaIsDerived() {
    ObjectNode params = Question.form("Why", Everything.class).params();
    assertEquals("Why", params.get("message").textValue());
    ObjectNode properties = (ObjectNode) params.get("requestedSchema").get("properties");
    Map<String, String> expected = Map.ofEntries(
        Map.entry(
            "text", "{'type':'string','title':'T','description':'D','minLength':2,'maxLength':5}"),
        Map.entry("mail", "{'type':'string','format':'email'}"),
        Map.entry("number", "{'type':'integer','minimum':1,'maximum':9}"),
        Map.entry("part", "{'type':'number','minimum':0.5}"),
        Map.entry("flag", "{'type':'boolean','default':true}"),
        Map.entry("seven", "{'type':'integer','default':7}"),
        Map.entry("plain", "{'type':'string','enum':['A','B'],'default':'B'}"),
        Map.entry(
            "titled",
            "{'type':'string','oneOf':[{'const':'A','title':'The first'},"
                + "{'const':'B','title':'B'}]}"),
        Map.entry(
            "several",
            "{'type':'array','items':{'type':'string','enum':['A','B']},'default':['A'],"
                + "'minItems':1,'maxItems':2}"),
        Map.entry(
            "titledSeveral",
            "{'type':'array','items':{'anyOf':[{'const':'A','title':'The first'},"
                + "{'const':'B','title':'B'}]},'uniqueItems':true}"),
        Map.entry("day", "{'type':'string','format':'date'}"),
        Map.entry("time", "{'type':'string','format':'date-time'}"));
    expected.forEach(
        (name, schema) -> assertEquals(json(schema), Json.parse(Json.text(properties.get(name)))));
    assertEquals(expected.size(), properties.size());
    assertEquals(
        json("{'x':['text','number','titledSeveral']}").get("x"), // the others have a default
        params.get("requestedSchema").get("required"));
    assertEquals(
        List.of("type", "properties", "required"),
        List.copyOf(params.get("requestedSchema").properties()).stream()
            .map(Map.Entry::getKey)
            .toList());
  }

  @Test
  void answerBecomesTheRecord() throws Exception {
    Question<Everything> question = Question.form("Why", Everything.class);
    Everything read = question.read(
        json("{'action':'accept','content':{'text':'\u00e4\ud83d\ude00','number':9,'flag':false,"
            + "'plain':'A','several':['A','B'],'titledSeveral':['B'],'day':'2026-02-01'}}"));
    assertEquals(Plain.A, read.plain());
    assertEquals(Set.of(Titled.B), read.titledSeveral());
    assertEquals(Optional.of(LocalDate.of(2026, 2, 1)), read.day());
    // "a missing value stays missing": a default is a hint for the user who fills in the form
    assertEquals(OptionalInt.empty(), read.seven());
  }

  private static final String GOOD =
      "'text':'abc','number':5,'flag':true,'plain':'A','several':['A'],'titledSeveral':[]";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'text':'a'",
        "'text':'abcdef'",
        "'text':null",
        "'number':0",
        "'number':10",
        "'number':1.5",
        "'part':0.4",
        "'flag':'perhaps'",
        "'plain':'C'",
        "'titled':'The first'",
        "'several':[]",
        "'several':['A','B','A']",
        "'several':'A'",
        "'titledSeveral':['A','A']",
        "'day':'tomorrow'",
        "'unknown':1"
      })
  void answerThatDoesNotFitIsInvalid(String member) {
    Question<Everything> question = Question.form("Why", Everything.class);
    String name = member.substring(0, member.indexOf(':'));
    ObjectNode content = json("{" + GOOD + "}");
    content.setAll(json("{" + member + "}"));
    ObjectNode answer = json("{'action':'accept'}");
    answer.set("content", content);
    String message =
        assertThrows(InvalidAnswerException.class, () -> question.read(answer)).getMessage();
    assertTrue(message.contains("content." + name.replace("'", "")), message);
  }

  record Nested(Everything inner) {}

  record Texts(List<String> texts) {}

  record Numbers(Set<Integer> numbers) {}

  record Lists(List<List<Plain>> lists) {}

  record Mapped(Map<String, String> map) {}

  record Tree(com.fasterxml.jackson.databind.JsonNode tree) {}

  @Test
  void nestedShapesAreRefused() {
    for (Class<? extends Record> type :
        List.of(Nested.class, Texts.class, Numbers.class, Lists.class, Mapped.class, Tree.class)) {
      assertThrows(IllegalArgumentException.class, () -> Question.form("x", type), type::toString);
    }
  }

  record Identified(UUID id) {}

  record Timed(LocalTime time) {}

  record Phone(@Format("phone") String number) {}

  /** "format": one of date, date-time, email and uri; clients may refuse a form with another. */
  @Test
  void formatsThatFormsDoNotHaveAreLeftOutOrRefused() {
    for (Class<? extends Record> type : List.of(Identified.class, Timed.class, Phone.class)) {
      try {
        ObjectNode params = Question.form("x", type).params();
        params
            .get("requestedSchema")
            .get("properties")
            .forEach(property -> assertFalse(property.has("format"), () -> Json.text(property)));
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().contains("format"), e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{'type':'array'}",
        "{'type':'object','properties':{'a':{'type':'object'}}}",
        "{'type':'object','properties':{'a':{'type':'array','items':{'type':'string'}}}}",
        "{'type':'object','properties':{'a':{}}}",
        "{'type':'object','properties':{'a':{'type':['string','null']}}}",
        "{'type':'object','properties':{'a':{'$ref':'#/$defs/b'}},'$defs':{'b':{'type':'string'}}}",
        "{'type':'object'}",
        "{'type':'object','properties':{'a':{'type':'strange'}}}"
      })
  void schemasByHandAreFlatAsWell(String schema) {
    assertThrows(
        IllegalArgumentException.class,
        () -> Question.form("x", schema.replace('\'', '"')),
        schema);
  }

  @Test
  void schemaByHandIsChecked() throws Exception {
    Question<ObjectNode> question = Question.form(
        "x",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"]}");
    assertEquals(
        "b",
        question.read(json("{'action':'accept','content':{'a':'b'}}")).get("a").textValue());
    for (String content : List.of("{}", "{'a':1}")) {
      assertThrows(
          InvalidAnswerException.class,
          () -> question.read(json("{'action':'accept','content':" + content + "}")));
    }
  }

  @Test
  void paramsAreNewEachTime() {
    Question<Everything> question = Question.form("Why", Everything.class);
    ((ObjectNode) question.params().get("requestedSchema")).removeAll();
    assertTrue(question.params().get("requestedSchema").has("properties"));
  }

  @Test
  void urlIsAbsoluteAndItsAnswerHasNoContent() throws Exception {
    Question<Boolean> question = Question.url("Why", "https://example.com/x", "id-1");
    assertEquals(
        json("{'mode':'url','message':'Why','url':'https://example.com/x',"
            + "'elicitationId':'id-1'}"),
        question.params());
    assertTrue(question.read(json("{'action':'accept'}")));
    assertThrows(IllegalArgumentException.class, () -> Question.url("Why", "/x", "id"));
    assertThrows(IllegalArgumentException.class, () -> Question.url("Why", "a b", "id"));
  }

  @Test
  void declineAndCancelAreDistinguished() {
    Question<Boolean> question = Question.url("Why", "https://example.com/x", "id-1");
    assertFalse(
        assertThrows(DeclinedException.class, () -> question.read(json("{'action':'decline'}")))
            .isCancelled());
    assertTrue(
        assertThrows(DeclinedException.class, () -> question.read(json("{'action':'cancel'}")))
            .isCancelled());
    for (String other : List.of("{}", "{'action':null}", "{'action':'ACCEPT'}", "{'action':1}")) {
      assertThrows(InvalidAnswerException.class, () -> question.read(json(other)), other);
    }
  }

  @Test
  void samplingNeedsMessagesAndTokens() {
    assertThrows(IllegalArgumentException.class, () -> Question.sampling(json("{}")));
    assertThrows(IllegalArgumentException.class, () -> Question.sampling(json("{'messages':[]}")));
    assertThrows(IllegalArgumentException.class, () -> Question.sampling("x", 0));
  }
}
